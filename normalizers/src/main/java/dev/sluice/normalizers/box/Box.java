package dev.sluice.normalizers.box;

import static dev.sluice.normalizers.ConfigurationField.Type.TEXTAREA;
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
import dev.sluice.normalizers.body.FormBody;
import dev.sluice.normalizers.body.FormJson;
import dev.sluice.normalizers.body.JsonReader;
import dev.sluice.normalizers.body.MediaTypes;
import dev.sluice.normalizers.body.Outline;
import dev.sluice.normalizers.signature.BodyHash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import reactor.core.publisher.Flux;

/** The element {@code box}. */
public final class Box implements Element {
    private static final ElementDescriptor DESCRIPTOR =
            new ElementDescriptor("box", 22, "Box", "Webhooks of Box files and folders.", "documents", "oauth2");
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
        return BoxSignature.verify(webhook, settings, receivedAt);
    }

    @Override
    public Intake read(Webhook webhook, Settings settings, Instant receivedAt) {
        if (isV1(webhook)) {
            return readV1(webhook, receivedAt);
        }
        Outline body = outline(webhook);
        String id = body.text("id");
        String dedupeKey = id == null ? BodyHash.of(webhook.body()) : id;
        String trigger = body.text("trigger");
        BoxEvent event = new BoxEvent(body, trigger == null ? "" : trigger, dedupeKey, receivedAt);
        return new Intake.Event(List.of(dedupeKey), Flux.just(event.item()), event.marks());
    }

    @Override
    public boolean tellsOfRetrievals() {
        return true;
    }

    @Override
    public List<Owner> owners(Webhook webhook) {
        List<Owner> owners = new ArrayList<>();
        String user;
        if (isV1(webhook)) {
            user = new BoxV1Event(fields(webhook)).userId();
        } else {
            Outline body = outline(webhook);
            user = body.text("created_by", "id");
            String hook = body.text("webhook", "id");
            if (hook != null) {
                owners.add(Owner.of(SettingKeys.SUBSCRIPTION_ID, hook));
            }
        }
        if (user != null && !user.isEmpty()) {
            owners.add(Owner.of(SettingKeys.OAUTH_USER_ID, user));
        }
        return owners;
    }

    @Override
    public List<String> setupSteps(String webhookUrl) {
        return List.of(
                "In the Box Developer Console open your app, then Webhooks, Create webhook, V2.",
                "URL address: " + webhookUrl,
                "Content type: choose the folder or file to watch; each needs a webhook of its own.",
                "Triggers: those you need. Then Create webhook.",
                "Under Manage signature keys generate both keys, and put them into " + SettingKeys.VENDOR_SIGNATURE_KEY
                        + ", the primary key on the first line, the secondary on the second.");
    }

    @Override
    public List<List<String>> ownerSettings() {
        return List.of(List.of(SettingKeys.SUBSCRIPTION_ID), List.of(SettingKeys.OAUTH_USER_ID));
    }

    @Override
    public ProviderApi api() {
        return BoxApi.API;
    }

    @Override
    public Samples samples() {
        return new BoxSamples();
    }

    @Override
    public byte[] raw(String contentType, byte[] body) {
        return MediaTypes.isForm(contentType) ? FormJson.flat(FormBody.of(body).fields()) : body;
    }

    private static boolean isV1(Webhook webhook) {
        return !webhook.method().equals("POST") || MediaTypes.isForm(webhook.mediaType());
    }

    private static Outline outline(Webhook webhook) {
        if (!MediaTypes.isJson(webhook.mediaType())) {
            throw MediaTypes.unexpected(webhook.mediaType(), "application/json or " + FormBody.MEDIA_TYPE);
        }
        return JsonReader.readObject(webhook.body(), BoxEvent.SHAPE, "body");
    }

    private static Intake readV1(Webhook webhook, Instant receivedAt) {
        BoxV1Event event = new BoxV1Event(fields(webhook));
        if (!event.isEvent() && !webhook.method().equals("POST")) {
            return Intake.Handshake.OK;
        }
        // Box sends these once, and without an id: what comes again has happened again, as when a file is opened twice.
        String fallbackId = BodyHash.of(new TreeMap<>(event.fields()).toString().getBytes(StandardCharsets.UTF_8));
        return new Intake.Event(List.of(), Flux.just(event.item(fallbackId, receivedAt)), List.of());
    }

    private static Map<String, String> fields(Webhook webhook) {
        Map<String, String> fields = new HashMap<>();
        webhook.query().forEach((name, values) -> fields.put(name, values.isEmpty() ? "" : values.get(0)));
        if (MediaTypes.isForm(webhook.mediaType()) && webhook.body().length > 0) {
            FormBody.of(webhook.body()).fields().all().forEach(field -> fields.put(field.name(), field.value()));
        }
        return fields;
    }

    private static List<ConfigurationField> configurationFields() {
        List<ConfigurationField> own = new ArrayList<>(CommonConfiguration.oauth("manage_webhook"));
        own.add(text(
                BoxApi.TARGETS,
                "List IDs",
                TEXTAREA,
                "The folders to watch, by id, and files as file:id, separated by commas; a folder includes "
                        + "what is in it."));
        own.add(text(
                        SettingKeys.VENDOR_SIGNATURE_KEY,
                        "Webhook Signature Keys",
                        TEXTAREA,
                        "The primary key of your app, and on a second line its secondary key. Once it is set, "
                                + "webhooks without a matching signature are refused.")
                .checkedBy(
                        value -> value.lines().filter(line -> !line.isBlank()).count() <= 2
                                ? null
                                : "more than two lines (expected: the primary and the secondary key)")
                .asSecret());
        own.add(text(
                        BoxSignature.AGE_MAX_SECONDS,
                        "Signature Age (seconds)",
                        TEXTFIELD_32,
                        "How old a signed webhook may be.")
                .withDefault(String.valueOf(BoxSignature.AGE_MAX.toSeconds()))
                .checkedBy(Check.wholeNumber(1, 86_400)));
        own.add(text(
                        BoxSignature.SKEW_MAX_SECONDS,
                        "Signature Skew (seconds)",
                        TEXTFIELD_32,
                        "How far a signed webhook's time may lie ahead.")
                .withDefault(String.valueOf(BoxSignature.SKEW_MAX.toSeconds()))
                .checkedBy(Check.wholeNumber(0, 86_400)));
        return CommonConfiguration.with(own);
    }
}
