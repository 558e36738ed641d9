package dev.sluice.gateway.account;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** What a request shows, and, once that is proven, whose it is. */
final class CallerAuthentication extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Credentials credentials;
    private final transient @Nullable Caller caller;

    private CallerAuthentication(@Nullable Credentials credentials, @Nullable Caller caller) {
        super(List.of());
        this.credentials = credentials;
        this.caller = caller;
        setAuthenticated(caller != null);
    }

    static CallerAuthentication claimed(Credentials credentials) {
        return new CallerAuthentication(credentials, null);
    }

    static CallerAuthentication proven(Caller caller) {
        return new CallerAuthentication(null, caller);
    }

    @Nullable Caller caller() {
        return caller;
    }

    @Override
    public @Nullable Credentials getCredentials() {
        return credentials;
    }

    @Override
    public @Nullable Caller getPrincipal() {
        return caller;
    }

    @Override
    public String getName() {
        return caller == null ? "" : String.valueOf(caller.account().userId());
    }

    // Two requests are two authentications: the superclass would compare secrets.
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
