package dev.sluice.gateway.delivery.explanation;

import java.net.URI;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;

/** Says why nothing was sent to who did not prove to be the callback's host. */
final class CertificateWords {
    private CertificateWords() {}

    static String of(URI callback, String origin, Throwable error) {
        if (FailureWords.causes(error).anyMatch(CertificateExpiredException.class::isInstance)) {
            return "The certificate of " + origin + " was not accepted: it has expired. Renew it.";
        }
        if (FailureWords.causes(error).anyMatch(CertificateNotYetValidException.class::isInstance)) {
            return "The certificate of " + origin
                    + " was not accepted: it is not valid yet. Check the receiver’s clock.";
        }
        if (FailureWords.causes(error).anyMatch(CertPathBuilderException.class::isInstance)) {
            return "The certificate of " + origin + " was not accepted: no known authority vouches for it. "
                    + "Use one of a public authority, and serve it with its intermediate certificates.";
        }
        if (has(error, "No subject alternative") || has(error, "No name matching")) {
            return "The certificate of " + origin + " was not accepted: it is not for " + callback.getHost()
                    + ". Use the name that it is for in the callback URL, or have it issued for this one.";
        }
        if (has(error, "not an SSL/TLS record")) {
            return origin + " does not speak TLS. Write http:// in the callback URL, or the port that does.";
        }
        return "No secure connection to " + origin + " came about: " + FailureWords.said(error)
                + ". See to the receiver’s certificate and its TLS versions.";
    }

    /** Their classes say only that something is wrong with TLS. */
    private static boolean has(Throwable error, String words) {
        return FailureWords.causes(error)
                .anyMatch(each -> FailureWords.said(each).contains(words));
    }
}
