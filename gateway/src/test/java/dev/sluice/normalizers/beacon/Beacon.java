package dev.sluice.normalizers.beacon;

import dev.sluice.normalizers.CommonConfiguration;
import dev.sluice.normalizers.ConfigurationField;
import dev.sluice.normalizers.ConfigurationField.Requirement;
import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.ElementDescriptor;
import dev.sluice.normalizers.Intake;
import dev.sluice.normalizers.Owner;
import dev.sluice.normalizers.SettingKeys;
import dev.sluice.normalizers.Settings;
import dev.sluice.normalizers.Verification;
import dev.sluice.normalizers.Webhook;
import dev.sluice.normalizers.body.JsonReader;
import dev.sluice.normalizers.body.Outline;
import dev.sluice.normalizers.body.Shape;
import dev.sluice.normalizers.item.EventType;
import dev.sluice.normalizers.item.NormalizedItem;
import dev.sluice.normalizers.signature.BodyHash;
import dev.sluice.normalizers.signature.Hmac;
import dev.sluice.normalizers.signature.SignatureHeader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import reactor.core.publisher.Flux;

/** A sixth element, which nothing in the three modules knows. */
public final class Beacon implements Element {
    private static final String HARBOUR = "beacon.harbour";
    private static final SignatureHeader HEADER = new SignatureHeader("X-Beacon-Signature");
    private static final Shape SHAPE = Shape.of("kind", "harbour", "light");
    private static final List<ConfigurationField> CONFIGURATION = CommonConfiguration.with(
            List.of(ConfigurationField.text(HARBOUR, "Harbour", ConfigurationField.Type.TEXTFIELD_128, "Its name.")
                    .needed(Requirement.REQUIRED)));

    @Override
    public ElementDescriptor descriptor() {
        return new ElementDescriptor("beacon", 9002, "Beacon", "Webhooks of harbour lights.", "general", "basic");
    }

    @Override
    public List<ConfigurationField> configuration() {
        return CONFIGURATION;
    }

    @Override
    public Verification verify(Webhook webhook, Settings settings, Instant receivedAt) {
        List<String> keys = settings.lines(SettingKeys.VENDOR_SIGNATURE_KEY);
        return HEADER.verifyHex(webhook, keys, Hmac.SHA256, "", "64 hexadecimal digits");
    }

    @Override
    public Intake read(Webhook webhook, Settings settings, Instant receivedAt) {
        Outline body = outline(webhook);
        if ("hello".equals(body.text("kind"))) {
            return new Intake.Handshake(200, "text/plain", "hello");
        }
        if ("fog".equals(body.text("kind"))) {
            throw new IllegalStateException("fog");
        }
        if ("storm".equals(body.text("kind"))) {
            return new Intake.Event(List.of(), Flux.error(new IllegalStateException("storm")), List.of());
        }
        NormalizedItem item = new NormalizedItem(
                "light",
                Objects.requireNonNullElse(body.text("light"), "unknown"),
                EventType.UPDATED,
                receivedAt,
                Map.of(),
                null);
        return new Intake.Event(List.of(BodyHash.of(webhook.body())), Flux.just(item), List.of());
    }

    @Override
    public byte[] raw(String contentType, byte[] body) {
        return body;
    }

    @Override
    public List<Owner> owners(Webhook webhook) {
        String harbour = outline(webhook).text("harbour");
        return harbour == null ? List.of() : List.of(Owner.of(HARBOUR, harbour));
    }

    @Override
    public List<List<String>> ownerSettings() {
        return List.of(List.of(HARBOUR));
    }

    private static Outline outline(Webhook webhook) {
        return JsonReader.readObject(webhook.body(), SHAPE, "body");
    }
}
