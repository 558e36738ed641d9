package dev.sluice.normalizers.lighthouse;

import dev.sluice.normalizers.CommonConfiguration;
import dev.sluice.normalizers.ConfigurationField;
import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.ElementDescriptor;
import dev.sluice.normalizers.Intake;
import dev.sluice.normalizers.SettingKeys;
import dev.sluice.normalizers.Settings;
import dev.sluice.normalizers.Verification;
import dev.sluice.normalizers.Webhook;
import dev.sluice.normalizers.body.JsonReader;
import dev.sluice.normalizers.body.MediaTypes;
import dev.sluice.normalizers.body.Outline;
import dev.sluice.normalizers.body.Shape;
import dev.sluice.normalizers.item.Attributes;
import dev.sluice.normalizers.item.EventType;
import dev.sluice.normalizers.item.NormalizedItem;
import dev.sluice.normalizers.signature.BodyHash;
import dev.sluice.normalizers.signature.Hmac;
import dev.sluice.normalizers.signature.SignatureHeader;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** The element that {@code docs/adding-an-element.md} adds, as it stands there. */
public final class Lighthouse implements Element {
    private static final ElementDescriptor DESCRIPTOR = new ElementDescriptor(
            "lighthouse", 9001, "Lighthouse", "Webhooks of Lighthouse lamps.", "general", "basic");
    private static final List<ConfigurationField> CONFIGURATION = CommonConfiguration.with(List.of());
    private static final SignatureHeader HEADER = new SignatureHeader("X-Lighthouse-Signature");
    private static final Shape SHAPE = Shape.of("id", "kind", "at").with("lamp", Shape.of("id"));

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
        List<String> keys = settings.lines(SettingKeys.VENDOR_SIGNATURE_KEY);
        return HEADER.verifyHex(webhook, keys, Hmac.SHA256, "", "64 hexadecimal digits");
    }

    @Override
    public Intake read(Webhook webhook, Settings settings, Instant receivedAt) {
        if (!MediaTypes.isJson(webhook.mediaType())) {
            throw MediaTypes.unexpected(webhook.mediaType(), "application/json");
        }
        Outline body = JsonReader.readObject(webhook.body(), SHAPE, "body");
        if ("hello".equals(body.text("kind"))) {
            return Intake.Handshake.OK;
        }
        String id = body.text("id");
        String dedupeKey = id == null ? BodyHash.of(webhook.body()) : id;
        return new Intake.Event(List.of(dedupeKey), Flux.just(item(body, dedupeKey, receivedAt)), List.of());
    }

    @Override
    public byte[] raw(String contentType, byte[] body) {
        return body;
    }

    private static NormalizedItem item(Outline body, String dedupeKey, Instant receivedAt) {
        String lamp = body.text("lamp", "id");
        Instant at = body.instant("at");
        return new NormalizedItem(
                "lamp",
                lamp == null ? dedupeKey : lamp,
                lamp == null ? EventType.UNKNOWN : eventType(body.text("kind")),
                at == null ? receivedAt : at,
                new Attributes().put("kind", body.text("kind")).toMap(),
                null);
    }

    private static EventType eventType(@Nullable String kind) {
        return "lamp.lit".equals(kind) ? EventType.CREATED : EventType.UPDATED;
    }
}
