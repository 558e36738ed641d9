package dev.sluice.persistence.account;

/** A user and the organization that the user belongs to. Nothing crosses from one organization to another. */
public record Account(
        long organizationId,
        String organizationName,
        long userId,
        String emailAddress,
        String firstName,
        String lastName) {}
