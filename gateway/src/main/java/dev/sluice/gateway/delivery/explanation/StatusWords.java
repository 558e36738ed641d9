package dev.sluice.gateway.delivery.explanation;

/** Says what an answer with another status than 2xx means. */
public final class StatusWords {
    private StatusWords() {}

    /**
     * In two sentences: what came, and what to do about it.
     *
     * @param status 101, or 300 to 999
     */
    public static String of(int status) {
        return "The callback answered " + status + ". " + advice(status);
    }

    private static String advice(int status) {
        return switch (status) {
            case 101 -> "It went over to another protocol, which nobody asked for: correct the callback URL.";
            case 401, 403 ->
                "It asks for other credentials: enter them in the instance, or let it trust the signature instead.";
            case 404 -> "There is nothing at that path: correct the callback URL, or the receiver’s route.";
            case 405 -> "It does not take a POST there: correct the callback URL, or the receiver’s route.";
            case 410 -> "It wants nothing more, so nothing is sent until the endpoint is reactivated.";
            case 413 ->
                "The notification is too large for it: raise the receiver’s limit, or that of the proxy before it.";
            case 429 -> "It is called too often: limit the instance’s rate, or raise the receiver’s limit.";
            case 502, 503, 504 -> "It is down, overloaded or not reached by the proxy before it.";
            default -> ofClass(status);
        };
    }

    private static String ofClass(int status) {
        if (status < 400) {
            return "Redirects are not followed: enter where it leads to as the callback URL.";
        }
        return status < 500
                ? "It did not accept the notification: what it answered may say why."
                : "It failed on its side: its log, or what it answered, may say why.";
    }
}
