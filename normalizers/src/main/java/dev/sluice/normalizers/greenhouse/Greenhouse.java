package dev.sluice.normalizers.greenhouse;

import static dev.sluice.normalizers.ConfigurationField.Type.PASSWORD;
import static dev.sluice.normalizers.ConfigurationField.Type.TEXTFIELD_1000;
import static dev.sluice.normalizers.ConfigurationField.text;

import dev.sluice.normalizers.CommonConfiguration;
import dev.sluice.normalizers.ConfigurationField;
import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.ElementDescriptor;
import dev.sluice.normalizers.Intake;
import dev.sluice.normalizers.Samples;
import dev.sluice.normalizers.SettingKeys;
import dev.sluice.normalizers.Settings;
import dev.sluice.normalizers.Verification;
import dev.sluice.normalizers.Webhook;
import dev.sluice.normalizers.api.ProviderApi;
import dev.sluice.normalizers.body.JsonReader;
import dev.sluice.normalizers.body.KeptText;
import dev.sluice.normalizers.body.MediaTypes;
import dev.sluice.normalizers.body.Outline;
import dev.sluice.normalizers.signature.BodyHash;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;

/** The element {@code greenhouse}. */
public final class Greenhouse implements Element {
    private static final ElementDescriptor DESCRIPTOR = new ElementDescriptor(
            "greenhouse", 6148, "Greenhouse", "Webhooks of Greenhouse Recruiting.", "humancapital", "basic");

    /**
     * A webhook leaves a key for the shift it comes in and for the two after, and whoever finds one of these is a repeat: so a
     * body is known for 16 to 24 hours. Greenhouse repeats for 15.
     */
    private static final int SHIFTS_REMEMBERED = 3;

    private static final long SHIFT_SECONDS = Duration.ofHours(8).toSeconds();

    private static final String RETIRED =
            SettingKeys.API_KEY + ": Greenhouse has announced the end of Harvest versions 1 and 2, and with"
                    + " them of these keys, for 31 August 2026. Webhooks need no key and arrive all the same; for Harvest 3 set"
                    + " greenhouse.client.id and greenhouse.client.secret.";

    private static final List<ConfigurationField> CONFIGURATION = CommonConfiguration.with(List.of(
            text(SettingKeys.API_KEY, "API Key", PASSWORD, "A Harvest API key. Webhooks do not need it.")
                    .asSecret(),
            text("greenhouse.client.id", "Harvest Client ID", TEXTFIELD_1000, "For version 3 of Harvest.")
                    .asSecret(),
            text("greenhouse.client.secret", "Harvest Client Secret", PASSWORD, "For version 3 of Harvest.")
                    .asSecret()));

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
        return GreenhouseSignature.verify(webhook, settings);
    }

    @Override
    public Intake read(Webhook webhook, Settings settings, Instant receivedAt) {
        if (!MediaTypes.isJson(webhook.mediaType())) {
            throw MediaTypes.unexpected(webhook.mediaType(), "application/json");
        }
        Outline body = JsonReader.readObject(webhook.body(), GreenhouseEvent.SHAPE, "body");
        String action = body.text("action");
        if ("ping".equals(action)) {
            return Intake.Handshake.OK;
        }
        String bodyHash = BodyHash.of(webhook.body());
        Outline payload = body.object("payload");
        GreenhouseEvent event = new GreenhouseEvent(
                action == null ? "" : action, payload == null ? Outline.EMPTY : payload, bodyHash, receivedAt);
        return new Intake.Event(dedupeKeys(webhook, bodyHash, receivedAt), Flux.just(event.item()), List.of());
    }

    @Override
    public List<String> setupSteps(String webhookUrl) {
        return List.of(
                "At Greenhouse open Configure, Dev Center, Web Hooks, then Web Hook Configuration.",
                "Make one web hook for each event you need. Name and When: as you like.",
                "Endpoint URL: " + webhookUrl,
                "Secret key: a long random text; the same goes into " + SettingKeys.VENDOR_SIGNATURE_KEY
                        + ", one a line if the web hooks have several.",
                "Disabled: No. Then Create Web hook: Greenhouse sends a ping, which has to be answered with 200.");
    }

    @Override
    public List<String> warnings(Settings settings) {
        return settings.get(SettingKeys.API_KEY) == null ? List.of() : List.of(RETIRED);
    }

    @Override
    public ProviderApi api() {
        return GreenhouseApi.API;
    }

    @Override
    public Samples samples() {
        return new GreenhouseSamples();
    }

    @Override
    public byte[] raw(String contentType, byte[] body) {
        return body;
    }

    /**
     * Whether a retry keeps its event id is not documented, but it repeats the body byte for byte. Only for some time: a job
     * that is closed, opened and closed again brings the same bytes with another id, and is no repeat.
     */
    private static List<String> dedupeKeys(Webhook webhook, String bodyHash, Instant receivedAt) {
        long shift = receivedAt.getEpochSecond() / SHIFT_SECONDS;
        Stream<String> body =
                LongStream.range(shift, shift + SHIFTS_REMEMBERED).mapToObj(number -> bodyHash + "@" + number);
        String eventId = webhook.header("Greenhouse-Event-ID");
        return (eventId == null || eventId.isBlank() ? body : Stream.concat(Stream.of(KeptText.of(eventId)), body))
                .toList();
    }
}
