package dev.sluice.gateway.delivery.egress;

import io.netty.handler.codec.http.HttpHeaders;

/**
 * What is posted to a callback.
 *
 * @param headers all but {@code Host} and {@code Content-Length}
 */
public record SignedRequest(HttpHeaders headers, Payload payload) {}
