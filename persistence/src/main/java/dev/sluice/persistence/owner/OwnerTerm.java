package dev.sluice.persistence.owner;

/**
 * Something instances are found by.
 *
 * @param rule what is compared, at most 250 characters
 * @param value with what, at most 200 characters, compared as it is
 */
public record OwnerTerm(String rule, String value) {}
