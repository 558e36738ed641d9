package dev.sluice.persistence.invariant;

import dev.sluice.persistence.delivery.DeliveryId;
import java.time.Instant;

/**
 * The delivery that an endpoint's claims come to first.
 *
 * @param delivery the one that has been due for longest
 * @param dueAt since when, by the database's clock; a claim changes it
 */
public record HeadOfLine(DeliveryId delivery, Instant dueAt) {}
