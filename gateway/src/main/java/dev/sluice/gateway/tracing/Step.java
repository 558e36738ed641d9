package dev.sluice.gateway.tracing;

import dev.sluice.persistence.delivery.DeliveryId;

/**
 * One attempt of a delivery.
 *
 * @param number 1-based
 */
public record Step(DeliveryId delivery, int number) {}
