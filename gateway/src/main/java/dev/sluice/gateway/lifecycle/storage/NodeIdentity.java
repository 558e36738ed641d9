package dev.sluice.gateway.lifecycle.storage;

/**
 * Which node this is. A node with a data directory of its own is the same again after a restart, and takes over at once
 * what it left; one without is a new node each time.
 *
 * @param value never that of another running node
 */
public record NodeIdentity(String value) {}
