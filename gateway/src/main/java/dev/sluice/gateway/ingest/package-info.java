/**
 * One inbound webhook: route, reserve memory, cap the size, find the instance, verify, normalise, commit, answer.
 *
 * <p>{@link dev.sluice.gateway.ingest.Ingest} reads as the list of these stages. An answer of 2xx means that the webhook is
 * committed, is a repeat of one that is, or was a handshake. {@link dev.sluice.gateway.ingest.SharedIngest} is the same for
 * the URL that all instances of an element share.
 */
@NullMarked
package dev.sluice.gateway.ingest;

import org.jspecify.annotations.NullMarked;
