package dev.sluice.gateway.rig.traffic;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The whole HTTP request of a push, kept as bytes: each id overwrites its places in the head and in the body. All ids
 * give the same length.
 */
public final class PushRequest {
    private static final String PLACEHOLDER_DELIVERY = PushPayload.delivery(PushPayload.digits(0));

    private final PushPayload payload;
    private final List<PushPayload> objects;
    private final byte[] bytes;
    private final int bodyOffset;
    private final int deliveryOffset;
    private final int signatureOffset;
    private final int idOffset;

    /**
     * Prepares the bytes.
     *
     * @param secret what the provider signs with
     * @param path the webhook URL's path
     */
    public PushRequest(String secret, String path) {
        this(new PushPayload(secret), List.of(), path);
    }

    /**
     * The same for pushes of several commits: an id's object is what remains of it divided by their number.
     *
     * @param objects 2 to 16
     */
    public static PushRequest ofObjects(String secret, String path, int objects) {
        return new PushRequest(
                new PushPayload(secret),
                IntStream.range(0, objects)
                        .mapToObj(number -> PushPayload.ofObject(secret, number))
                        .toList(),
                path);
    }

    private PushRequest(PushPayload payload, List<PushPayload> objects, String path) {
        this.payload = payload;
        this.objects = objects;
        byte[] body = payload.blank();
        String head = String.join(
                "\r\n",
                "POST " + path + " HTTP/1.1",
                "Host: localhost",
                "User-Agent: GitHub-Hookshot/51c1ce0",
                "Accept: */*",
                "Content-Type: application/json",
                "X-GitHub-Event: push",
                "X-GitHub-Hook-ID: 347518903",
                "X-GitHub-Hook-Installation-Target-ID: 418273645",
                "X-GitHub-Hook-Installation-Target-Type: repository",
                "Content-Length: " + body.length,
                "X-GitHub-Delivery: " + PLACEHOLDER_DELIVERY,
                "X-Hub-Signature-256: sha256=" + "0".repeat(64),
                "",
                "");
        this.deliveryOffset = head.indexOf(PLACEHOLDER_DELIVERY);
        this.signatureOffset = head.indexOf("sha256=") + "sha256=".length();
        this.bodyOffset = head.length();
        this.idOffset = bodyOffset + payload.idOffset();
        this.bytes = new byte[head.length() + body.length];
        System.arraycopy(head.getBytes(US_ASCII), 0, bytes, 0, head.length());
        System.arraycopy(body, 0, bytes, head.length(), body.length);
    }

    /** The lower-case hex signature of that id's body. */
    public String signature(long id) {
        return payload.signature(PushPayload.digits(id));
    }

    /**
     * What stands between the four places that an id changes: the first four and the other digits in the delivery's GUID,
     * the signature, the body.
     */
    public List<String> parts() {
        return List.of(
                text(0, deliveryOffset + "51c1ce00-".length()),
                "-4000-8000-",
                text(deliveryOffset + PLACEHOLDER_DELIVERY.length(), signatureOffset),
                text(signatureOffset + 64, idOffset),
                text(idOffset + PushPayload.ID_DIGITS, bytes.length));
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, US_ASCII);
    }

    /** A buffer of its own with the request of id 0. */
    ByteBuffer newBuffer() {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    /** Makes it the request of another id, ready to be written from its start. */
    void fill(ByteBuffer request, long id) {
        byte[] digits = PushPayload.digits(id);
        request.put(deliveryOffset, PushPayload.delivery(digits).getBytes(US_ASCII));
        PushPayload signed = payload;
        if (!objects.isEmpty()) {
            signed = objects.get((int) (id % objects.size()));
            request.put(bodyOffset, signed.blank());
        }
        request.put(signatureOffset, signed.signature(digits).getBytes(US_ASCII));
        request.put(idOffset, digits);
        request.rewind();
    }
}
