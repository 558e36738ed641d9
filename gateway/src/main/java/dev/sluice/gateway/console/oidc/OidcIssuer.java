package dev.sluice.gateway.console.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.sluice.gateway.error.ForbiddenException;
import dev.sluice.gateway.provider.ProviderClient;
import dev.sluice.gateway.provider.ProviderUnreachableException;
import dev.sluice.normalizers.api.Parameters;
import dev.sluice.normalizers.api.ProviderRequest;
import dev.sluice.normalizers.api.ProviderResponse;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The issuer: where it is asked, what it answers, and whether that holds. */
final class OidcIssuer {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration METADATA_KEPT = Duration.ofHours(1);
    private static final int CLOCK_SKEW_SECONDS = 30;

    /** Signed by a key that only the issuer has; a shared secret or none is not enough. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final OidcSettings settings;
    private final ProviderClient client;
    private final Mono<OIDCProviderMetadata> metadata;

    OidcIssuer(OidcSettings settings, ProviderClient client) {
        this.settings = settings;
        this.client = client;
        this.metadata =
                Mono.defer(this::discover).cache(found -> METADATA_KEPT, failed -> Duration.ZERO, () -> Duration.ZERO);
    }

    private Mono<OIDCProviderMetadata> discover() {
        String document = settings.issuer().replaceFirst("/+$", "") + "/.well-known/openid-configuration";
        return get(document).map(this::metadata);
    }

    private OIDCProviderMetadata metadata(ProviderResponse answer) {
        try {
            OIDCProviderMetadata found = OIDCProviderMetadata.parse(answer.body());
            boolean itself = found.getIssuer().getValue().equals(settings.issuer());
            if (!itself
                    || found.getAuthorizationEndpointURI() == null
                    || !allowed(found.getTokenEndpointURI())
                    || !allowed(found.getJWKSetURI())) {
                throw new ForbiddenException(
                        "What the identity provider says of itself is not that of " + settings.issuer() + ".");
            }
            return found;
        } catch (ParseException malformed) {
            throw new ForbiddenException("What the identity provider says of itself cannot be read.", malformed);
        }
    }

    private boolean allowed(@Nullable URI endpoint) {
        return endpoint != null && settings.allows(endpoint.toString());
    }

    /** Where the browser goes to sign in. */
    Mono<String> authorizeUrl(Round round, String to, String returnUrl) {
        return metadata.map(known -> new AuthenticationRequest.Builder(
                        ResponseType.CODE,
                        new Scope("openid", "email", "profile"),
                        new ClientID(settings.clientId()),
                        URI.create(returnUrl))
                .endpointURI(known.getAuthorizationEndpointURI())
                .state(round.state(to))
                .nonce(round.nonce())
                .codeChallenge(round.verifier(), CodeChallengeMethod.S256)
                .build()
                .toURI()
                .toString());
    }

    /** What the issuer says of whoever came back with that code; errors {@link ForbiddenException} where it does not hold. */
    Mono<IDTokenClaimsSet> claims(Round round, String code, String returnUrl) {
        return metadata.flatMap(known -> client.call(tokenRequest(known, round, code, returnUrl), PATIENCE)
                        .map(OidcIssuer::idToken)
                        .zipWhen(token -> get(known.getJWKSetURI().toString()))
                        .map(both -> verified(both.getT1(), both.getT2(), round.nonce())))
                .onErrorMap(ProviderUnreachableException.class, OidcIssuer::unreachable);
    }

    private ProviderRequest tokenRequest(OIDCProviderMetadata known, Round round, String code, String returnUrl) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", returnUrl);
        form.put("code_verifier", round.verifier().getValue());
        ProviderRequest request = ProviderRequest.of(
                        "POST", known.getTokenEndpointURI().toString())
                .header("Accept", "application/json");
        List<ClientAuthenticationMethod> methods = known.getTokenEndpointAuthMethods();
        boolean byForm = methods != null && !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
        if (settings.clientSecret().isEmpty() || byForm) {
            form.put("client_id", settings.clientId());
        }
        if (settings.clientSecret().isEmpty()) {
            return request.form(form);
        }
        if (byForm) {
            form.put("client_secret", settings.clientSecret());
            return request.form(form);
        }
        String basic =
                Parameters.basic(Parameters.encode(settings.clientId()), Parameters.encode(settings.clientSecret()));
        return request.header("Authorization", basic).form(form);
    }

    private static SignedJWT idToken(ProviderResponse answer) {
        if (!answer.isSuccessful()) {
            throw new ForbiddenException("The identity provider took the code back: "
                    + answer.json().path("error").asString("no reason given") + ".");
        }
        try {
            return SignedJWT.parse(answer.json().path("id_token").asString(""));
        } catch (java.text.ParseException unsigned) {
            throw new ForbiddenException("The identity provider sent no signed token.", unsigned);
        }
    }

    private IDTokenClaimsSet verified(SignedJWT token, ProviderResponse keys, Nonce nonce) {
        try {
            JWSVerificationKeySelector<SecurityContext> selector = new JWSVerificationKeySelector<>(
                    ALGORITHMS, new ImmutableJWKSet<SecurityContext>(JWKSet.parse(keys.body())));
            IDTokenValidator validator = new IDTokenValidator(
                    new Issuer(settings.issuer()), new ClientID(settings.clientId()), selector, null);
            validator.setMaxClockSkew(CLOCK_SKEW_SECONDS);
            return validator.validate(token, nonce);
        } catch (BadJOSEException invalid) {
            throw new ForbiddenException(
                    "The identity provider's token does not hold: " + invalid.getMessage(), invalid);
        } catch (JOSEException | java.text.ParseException unreadable) {
            throw new ForbiddenException("The identity provider's token cannot be checked.", unreadable);
        }
    }

    private Mono<ProviderResponse> get(String url) {
        return client.call(ProviderRequest.of("GET", url).header("Accept", "application/json"), PATIENCE)
                .map(answer -> {
                    if (!answer.isSuccessful()) {
                        throw new ForbiddenException("The identity provider answers " + answer + ".");
                    }
                    return answer;
                })
                .onErrorMap(ProviderUnreachableException.class, OidcIssuer::unreachable);
    }

    private static ForbiddenException unreachable(ProviderUnreachableException silent) {
        return new ForbiddenException("The identity provider: " + silent.getMessage() + ".", silent);
    }
}
