package dev.sluice.normalizers.mailchimp;

import static dev.sluice.normalizers.ConfigurationField.Type.TEXTAREA;
import static dev.sluice.normalizers.ConfigurationField.Type.TEXTFIELD_32;
import static dev.sluice.normalizers.ConfigurationField.text;

import dev.sluice.normalizers.CommonConfiguration;
import dev.sluice.normalizers.ConfigurationField;
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
import dev.sluice.normalizers.body.MediaTypes;
import dev.sluice.normalizers.signature.BodyHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;

/** The element {@code mailchimpv3}. */
public final class Mailchimp implements Element {
    private static final ElementDescriptor DESCRIPTOR = new ElementDescriptor(
            "mailchimpv3", 527, "Mailchimp", "Webhooks of Mailchimp audiences.", "marketing", "oauth2");
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
        return MailchimpSignature.verify(webhook, settings, receivedAt);
    }

    @Override
    public Intake read(Webhook webhook, Settings settings, Instant receivedAt) {
        if (!webhook.method().equals("POST")) {
            return Intake.Handshake.OK;
        }
        MailchimpEvent event = event(webhook);
        String bodyHash = BodyHash.of(webhook.body());
        return new Intake.Event(List.of(bodyHash), Flux.just(event.item(bodyHash, receivedAt)), List.of());
    }

    @Override
    public List<Owner> owners(Webhook webhook) {
        String list = webhook.method().equals("POST") ? event(webhook).listId() : null;
        return list == null ? List.of() : List.of(Owner.of(MailchimpApi.LIST_IDS, list));
    }

    @Override
    public List<String> setupSteps(String webhookUrl) {
        return List.of(
                "At Mailchimp open Audience, Settings, Webhooks, Create New Webhook; each audience needs one of its own.",
                "Callback URL: " + webhookUrl + "; with " + SettingKeys.VENDOR_URL_SECRET
                        + " set, ?secret= and that secret behind it.",
                "Choose the events and who causes them. Then Save: Mailchimp opens the URL, which has to answer with 200.");
    }

    @Override
    public List<List<String>> ownerSettings() {
        return List.of(List.of(MailchimpApi.LIST_IDS));
    }

    @Override
    public ProviderApi api() {
        return MailchimpApi.API;
    }

    @Override
    public Samples samples() {
        return new MailchimpSamples();
    }

    @Override
    public byte[] raw(String contentType, byte[] body) {
        return MediaTypes.isForm(contentType)
                ? FormJson.nested(FormBody.of(body).fields())
                : body;
    }

    private static MailchimpEvent event(Webhook webhook) {
        if (!MediaTypes.isForm(webhook.mediaType())) {
            throw MediaTypes.unexpected(webhook.mediaType(), FormBody.MEDIA_TYPE);
        }
        return new MailchimpEvent(FormBody.of(webhook.body()).fields());
    }

    private static List<ConfigurationField> configurationFields() {
        List<ConfigurationField> own = new ArrayList<>(CommonConfiguration.oauth(""));
        own.add(text(
                MailchimpApi.LIST_IDS,
                "List IDs",
                TEXTAREA,
                "The audiences whose webhooks we register and which the shared URL brings here, by id, "
                        + "separated by commas."));
        own.add(text(
                        SettingKeys.VENDOR_URL_SECRET,
                        "Webhook URL Secret",
                        TEXTAREA,
                        "Add ?secret=… to the webhook URL at Mailchimp. Once it is set, webhooks without it are "
                                + "refused. Several are accepted, one a line.")
                .asSecret());
        own.add(text(MailchimpApi.DATA_CENTRE, "Data Centre", TEXTFIELD_32, "Filled in by authenticating: us6.")
                .asHidden());
        return CommonConfiguration.with(own);
    }
}
