package dev.sluice.gateway.lifecycle;

import dev.sluice.gateway.demo.DemoKeys;
import dev.sluice.gateway.lifecycle.storage.Credentials;

/** The lines a newcomer pastes into a shell: an instance, a webhook as GitHub sends it, and what became of it. */
record WalkThrough(String baseUrl, Credentials credentials) {
    static final String PUSH = """
            {"ref":"refs/heads/main","before":"6113728f27ae82c7b1a177c8d03f9e96e0adf246",\
            "after":"59b20b8d5c6ff8d09518216e87a9c9fb04c5ef8b","created":false,"deleted":false,"forced":false,\
            "head_commit":{"id":"59b20b8d5c6ff8d09518216e87a9c9fb04c5ef8b","message":"Say hello",\
            "timestamp":"2026-11-23T09:30:00+01:00"},"commits":[],\
            "repository":{"id":186853002,"name":"hello","full_name":"octo-org/hello"},\
            "pusher":{"name":"octo"},"sender":{"login":"octo","id":21031067}}""";

    private static final String LINES = """
            # Who you are
            AUTH="Authorization: User %1$s, Organization %2$s"
            # Connect a GitHub repository; its notifications go to the demo callback, which reports in the terminal
            INSTANCE=$(curl -sS %3$s/elements/api-v2/instances -H "$AUTH" -H 'Content-Type: application/json' -d '%4$s'); echo "$INSTANCE"
            # Send a push to its webhook URL, signed as GitHub signs
            curl -sS -i "$(echo "$INSTANCE" | sed 's/.*"webhookUrl":"\\([^"]*\\)".*/\\1/')" -H 'Content-Type: application/json' -H 'X-GitHub-Event: push' -H "X-GitHub-Delivery: demo-$(date +%%s)-$RANDOM" -H 'X-Hub-Signature-256: %5$s' -d '%6$s'
            # Look it up
            curl -sS "%3$s/elements/api-v2/instances/$(echo "$INSTANCE" | sed 's/^{"id":\\([0-9]*\\).*/\\1/')/events" -H "$AUTH"
            """;

    private static final String INSTANCE = """
            {"element":{"key":"github"},"name":"My first instance","configuration":{\
            "github.organization":"octo-org","github.repository":"hello","event.notification.enabled":"true",\
            "event.notification.callback.url":"%s","event.notification.signature.key":"%s",\
            "event.vendor.signature.key":"%s"}}""";

    /** The lines; every one is complete in itself. */
    String lines() {
        return LINES.formatted(
                credentials.user().inShell("SLUICE_USER_SECRET"),
                credentials.organization().inShell("SLUICE_ORGANIZATION_SECRET"),
                baseUrl,
                INSTANCE.formatted(baseUrl + DemoKeys.CALLBACK_PATH, DemoKeys.NOTIFICATION, DemoKeys.WEBHOOK),
                DemoKeys.gitHubSignature(PUSH),
                PUSH);
    }
}
