package dev.sluice.normalizers.hootsuite;

import static dev.sluice.normalizers.ConfigurationField.Type.TEXTFIELD_128;
import static dev.sluice.normalizers.ConfigurationField.Type.TEXTFIELD_32;
import static dev.sluice.normalizers.ConfigurationField.text;

import dev.sluice.normalizers.CommonConfiguration;
import dev.sluice.normalizers.ConfigurationField;
import dev.sluice.normalizers.ConfigurationField.Check;
import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.ElementDescriptor;
import dev.sluice.normalizers.Intake;
import dev.sluice.normalizers.Owner;
import dev.sluice.normalizers.Samples;
import dev.sluice.normalizers.SettingKeys;
import dev.sluice.normalizers.Settings;
import dev.sluice.normalizers.Verification;
import dev.sluice.normalizers.Webhook;
import dev.sluice.normalizers.api.ProviderApi;
import dev.sluice.normalizers.body.JsonBatch;
import dev.sluice.normalizers.body.JsonReader;
import dev.sluice.normalizers.body.MediaTypes;
import dev.sluice.normalizers.body.Outline;
import dev.sluice.normalizers.item.NormalizedItem;
import dev.sluice.normalizers.signature.BodyHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** The element {@code hootsuite}. */
public final class Hootsuite implements Element {
    private static final ElementDescriptor DESCRIPTOR = new ElementDescriptor(
            "hootsuite", 4066, "Hootsuite", "Webhooks of Hootsuite messages and apps.", "social", "oauth2");
    private static final String ORGANIZATION_ID = "hootsuite.organization.id";
    private static final int OWNERS_MAX = 100;
    private static final List<ConfigurationField> CONFIGURATION = configurationFields();

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
        return HootsuiteSignature.verify(webhook, settings);
    }

    @Override
    public Intake read(Webhook webhook, Settings settings, Instant receivedAt) {
        List<HootsuiteEvent> events = new ArrayList<>();
        for (Outline outline : outlines(webhook)) {
            HootsuiteEvent event = HootsuiteEvent.of(outline);
            if (!event.isPing()) {
                events.add(event);
            }
        }
        return events.isEmpty()
                ? Intake.Handshake.OK
                : new Intake.Event(List.of(), items(webhook, events, receivedAt), List.of());
    }

    @Override
    public List<Owner> owners(Webhook webhook) {
        return organizations(outlines(webhook))
                .limit(OWNERS_MAX)
                .map(organization -> Owner.of(ORGANIZATION_ID, organization))
                .toList();
    }

    @Override
    public List<String> setupSteps(String webhookUrl) {
        return List.of(
                "In Hootsuite's developer portal open My Apps, your app, then Webhooks (older apps: Security).",
                "Callback URL: " + webhookUrl + " (https on port 443 or 8443, reachable from the Internet)",
                "Press Ping: the answer has to be 200. Then save.",
                "If this instance was made with a placeholder as " + SettingKeys.CALLBACK_URL
                        + ", PATCH it now with the address of your own application.");
    }

    @Override
    public List<List<String>> ownerSettings() {
        return List.of(List.of(ORGANIZATION_ID));
    }

    /** A batch of several organizations is cut: each sees its own events, and those that name none are nobody's. */
    @Override
    public Optional<Webhook> share(Webhook webhook, Settings settings) {
        List<Outline> events = outlines(webhook);
        if (organizations(events).limit(2).count() < 2) {
            return Optional.of(webhook);
        }
        boolean[] own = new boolean[events.size()];
        boolean any = false;
        for (int i = 0; i < own.length; i++) {
            String organization = organization(events.get(i));
            own[i] = organization != null
                    && Owner.of(ORGANIZATION_ID, organization).isMeant(settings);
            any |= own[i];
        }
        return any
                ? Optional.of(webhook.withBody(JsonBatch.only(webhook.body(), index -> own[index])))
                : Optional.empty();
    }

    private static Stream<String> organizations(List<Outline> events) {
        return events.stream()
                .map(Hootsuite::organization)
                .filter(Objects::nonNull)
                .distinct();
    }

    private static @Nullable String organization(Outline event) {
        Outline data = event.object("data");
        return data == null ? null : data.text("organization", "id");
    }

    @Override
    public ProviderApi api() {
        return HootsuiteApi.API;
    }

    @Override
    public Samples samples() {
        return new HootsuiteSamples();
    }

    @Override
    public byte[] raw(String contentType, byte[] body) {
        return body;
    }

    private static List<Outline> outlines(Webhook webhook) {
        if (!MediaTypes.isJson(webhook.mediaType())) {
            throw MediaTypes.unexpected(webhook.mediaType(), "application/json");
        }
        return JsonReader.readBatch(webhook.body(), HootsuiteEvent.SHAPE, "body");
    }

    private static Flux<NormalizedItem> items(Webhook webhook, List<HootsuiteEvent> events, Instant receivedAt) {
        if (areNumbered(events)) {
            return Flux.fromArray(events.toArray(HootsuiteEvent[]::new)).map(event -> event.item("", receivedAt));
        }
        // Only here: a batch can be large, and nearly all events have their number.
        String bodyHash = BodyHash.of(webhook.body());
        return Flux.range(0, events.size()).map(index -> events.get(index).item(bodyHash + '#' + index, receivedAt));
    }

    private static boolean areNumbered(List<HootsuiteEvent> events) {
        for (HootsuiteEvent event : events) {
            if (!event.isNumbered()) {
                return false;
            }
        }
        return true;
    }

    private static List<ConfigurationField> configurationFields() {
        List<ConfigurationField> own = new ArrayList<>(CommonConfiguration.oauth("offline"));
        own.add(text(
                ORGANIZATION_ID,
                "Hootsuite Organization ID",
                TEXTFIELD_128,
                "Only for the shared webhook URL: events of this organization reach this instance."));
        String[] schemes = Stream.concat(
                        Stream.of(HootsuiteSignature.ANY),
                        Arrays.stream(HootsuiteSignature.Scheme.values()).map(HootsuiteSignature.Scheme::setting))
                .toArray(String[]::new);
        own.add(text(
                        HootsuiteSignature.SCHEME,
                        "Webhook Signature Scheme",
                        TEXTFIELD_32,
                        "How Hootsuite signs, once a webhook signature key is set: any, or one of "
                                + "sha512-hex, sha512-base64, sha256-hex, sha256-base64.")
                .withDefault(HootsuiteSignature.ANY)
                .checkedBy(Check.oneOf(schemes)));
        return CommonConfiguration.with(own);
    }
}
