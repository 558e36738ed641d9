package dev.sluice.persistence.hook;

import java.util.UUID;

/** The right to register and remove an instance's webhooks, and how they stood when it was taken. */
public record HookLease(UUID owner, ProviderHooks hooks) {}
