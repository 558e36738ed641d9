package dev.sluice.gateway.console.oidc;

import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import dev.sluice.gateway.error.ForbiddenException;
import dev.sluice.persistence.account.Account;
import dev.sluice.persistence.account.AccountRepository;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Whose account a token's claims name: a user that is there; nobody is made by signing in. */
final class ClaimedAccount {
    private static final Logger LOG = LoggerFactory.getLogger(ClaimedAccount.class);
    private static final String EMAIL = "email";
    private static final String EMAIL_VERIFIED = "email_verified";

    private final OidcSettings settings;
    private final AccountRepository accounts;

    ClaimedAccount(OidcSettings settings, AccountRepository accounts) {
        this.settings = settings;
        this.accounts = accounts;
    }

    /** The account; errors {@link ForbiddenException} where there is none. */
    Mono<Account> of(IDTokenClaimsSet claims) {
        return Mono.defer(() -> accounts.findByEmail(organization(claims), user(claims)))
                .switchIfEmpty(Mono.error(() -> refused(claims)));
    }

    private long organization(IDTokenClaimsSet claims) {
        Object claimed = claims.getClaim(settings.organizationClaim());
        if (claimed == null) {
            throw new ForbiddenException(
                    "The identity provider does not say which organization you belong to: its token has no claim "
                            + settings.organizationClaim() + ".");
        }
        try {
            return Long.parseLong(claimed.toString());
        } catch (NumberFormatException noNumber) {
            throw new ForbiddenException(
                    "The claim " + settings.organizationClaim() + " is no organization's number.", noNumber);
        }
    }

    private String user(IDTokenClaimsSet claims) {
        Object claimed = claims.getClaim(settings.userClaim());
        boolean unverified = settings.userClaim().equals(EMAIL)
                && Objects.toString(claims.getClaim(EMAIL_VERIFIED), "true").equals("false");
        if (claimed == null || unverified) {
            throw new ForbiddenException("The identity provider does not say who you are: its token has no "
                    + (unverified ? "verified " : "") + "claim " + settings.userClaim() + ".");
        }
        return claimed.toString();
    }

    private static ForbiddenException refused(IDTokenClaimsSet claims) {
        LOG.warn("Console: the identity provider's subject {} is no user's", claims.getSubject());
        return new ForbiddenException(
                "You have no account here. The administrator makes one with the email address and in the organization that"
                        + " your identity provider names.");
    }
}
