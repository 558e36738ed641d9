package dev.sluice.normalizers.github;

import static dev.sluice.normalizers.ConfigurationField.Type.TEXTAREA;
import static dev.sluice.normalizers.ConfigurationField.Type.TEXTFIELD_128;
import static dev.sluice.normalizers.ConfigurationField.Type.TEXTFIELD_64;
import static dev.sluice.normalizers.ConfigurationField.text;

import dev.sluice.normalizers.CommonConfiguration;
import dev.sluice.normalizers.ConfigurationField;
import dev.sluice.normalizers.ConfigurationField.Requirement;
import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.ElementDescriptor;
import dev.sluice.normalizers.InstanceFinder;
import dev.sluice.normalizers.Intake;
import dev.sluice.normalizers.Owner;
import dev.sluice.normalizers.Samples;
import dev.sluice.normalizers.SettingKeys;
import dev.sluice.normalizers.Settings;
import dev.sluice.normalizers.Verification;
import dev.sluice.normalizers.Webhook;
import dev.sluice.normalizers.api.ProviderApi;
import dev.sluice.normalizers.body.FormBody;
import dev.sluice.normalizers.body.JsonReader;
import dev.sluice.normalizers.body.MediaTypes;
import dev.sluice.normalizers.body.Outline;
import dev.sluice.normalizers.signature.BodyHash;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The element {@code github}. */
public final class GitHub implements Element {
    private static final ElementDescriptor DESCRIPTOR = new ElementDescriptor(
            "github", 6291, "GitHub", "Webhooks of GitHub repositories and organizations.", "general", "oauth2");
    private static final int HEADER_LENGTH_MAX = 200;
    private static final String PAYLOAD = "payload";

    private static final List<ConfigurationField> CONFIGURATION = CommonConfiguration.with(Stream.concat(
                    Stream.of(
                            text(GitHubOwners.ORGANIZATION, "GitHub Organization", TEXTFIELD_128, "Its login: acme.")
                                    .needed(Requirement.REQUIRED),
                            text(GitHubOwners.REPOSITORY, "GitHub Repository", TEXTFIELD_128, "Its name: shop.")
                                    .needed(Requirement.REQUIRED)),
                    Stream.concat(
                            CommonConfiguration.oauth("admin:org_hook admin:repo_hook repo").stream(),
                            Stream.of(
                                    text(
                                                    "github.hook.id",
                                                    "GitHub Hook ID",
                                                    TEXTFIELD_64,
                                                    "GitHub's id of the webhook.")
                                            .asHidden(),
                                    CommonConfiguration.vendorType("webhooks"),
                                    text(
                                                    SettingKeys.INSTANCE_FINDER,
                                                    "Event Notification Instance Finder",
                                                    TEXTAREA,
                                                    "How the shared webhook URL finds this instance, too.")
                                            .checkedBy(InstanceFinder::problemWith)
                                            .withDefault("github.organization|organization.login")
                                            .asHidden())))
            .toList());

    @Override
    public ElementDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public List<ConfigurationField> configuration() {
        return CONFIGURATION;
    }

    @Override
    public Verification verify(Webhook webhook, Settings settings, Instant receivedAt) {
        return GitHubSignature.verify(webhook, settings);
    }

    @Override
    public Intake read(Webhook webhook, Settings settings, Instant receivedAt) {
        Outline body = outline(webhook);
        String event = bounded(webhook.header("X-GitHub-Event"));
        if ("ping".equals(event)) {
            return Intake.Handshake.OK;
        }
        String delivery = bounded(webhook.header("X-GitHub-Delivery"));
        String dedupeKey = delivery == null ? BodyHash.of(webhook.body()) : delivery;
        GitHubEvent happened = new GitHubEvent(event == null ? "unknown" : event, body, dedupeKey, receivedAt);
        return new Intake.Event(List.of(dedupeKey), happened.items(), happened.marks());
    }

    @Override
    public List<Owner> owners(Webhook webhook) {
        return GitHubOwners.of(outline(webhook));
    }

    @Override
    public List<String> setupSteps(String webhookUrl) {
        return List.of(
                "At GitHub open the repository, then Settings, Webhooks, Add webhook.",
                "Payload URL: " + webhookUrl,
                "Content type: application/json",
                "Secret: a long random text; the same goes into " + SettingKeys.VENDOR_SIGNATURE_KEY + ".",
                "Which events: Send me everything, or those you need. Then Add webhook.");
    }

    @Override
    public List<List<String>> ownerSettings() {
        return GitHubOwners.SETTINGS;
    }

    @Override
    public ProviderApi api() {
        return GitHubApi.API;
    }

    @Override
    public Samples samples() {
        return new GitHubSamples();
    }

    @Override
    public byte[] raw(String contentType, byte[] body) {
        return MediaTypes.isForm(contentType) ? FormBody.of(body).single(PAYLOAD) : body;
    }

    private static Outline outline(Webhook webhook) {
        String mediaType = webhook.mediaType();
        if (MediaTypes.isJson(mediaType)) {
            return JsonReader.readObject(webhook.body(), GitHubEvent.SHAPE, "body");
        }
        if (MediaTypes.isForm(mediaType)) {
            return JsonReader.readObject(
                    FormBody.of(webhook.body()).single(PAYLOAD), GitHubEvent.SHAPE, "form field " + PAYLOAD);
        }
        throw MediaTypes.unexpected(mediaType, "application/json or " + FormBody.MEDIA_TYPE);
    }

    /** A header's value, null when absent or blank, cut where no value GitHub sends is as long. */
    private static @Nullable String bounded(@Nullable String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        return value.length() <= HEADER_LENGTH_MAX ? value : value.substring(0, HEADER_LENGTH_MAX);
    }
}
