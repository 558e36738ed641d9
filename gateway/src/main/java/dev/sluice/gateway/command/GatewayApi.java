package dev.sluice.gateway.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A running gateway's API.
 *
 * @param base its URL, without a slash at the end
 * @param authorization what each request shows, never printed
 */
record GatewayApi(String base, String authorization) {

    /**
     * Reads something.
     *
     * @param path behind {@code /elements/api-v2}
     * @throws CommandFailedException when the gateway does not answer, or not with 200
     */
    JsonNode get(String path) {
        return read(path, answer(path));
    }

    /** The same; empty when the gateway says that there is none (404). */
    Optional<JsonNode> find(String path) {
        HttpResponse<String> answer = answer(path);
        return answer.statusCode() == 404 ? Optional.empty() : Optional.of(read(path, answer));
    }

    /** The instance of that id. */
    JsonNode instance(long id) {
        return find("/instances/" + id)
                .orElseThrow(() -> new CommandFailedException("The gateway at " + base + " has no instance " + id
                        + " of this organization. GET /elements/api-v2/instances and its console list them."));
    }

    private JsonNode read(String path, HttpResponse<String> answer) {
        if (answer.statusCode() == 401) {
            throw new CommandFailedException(
                    "The gateway at " + base + " does not know these secrets (401). Is it another"
                            + " one's data directory, or were the secrets changed?");
        }
        if (answer.statusCode() != 200) {
            throw new CommandFailedException("The gateway at " + base + " answered " + answer.statusCode() + " to GET "
                    + path + ": " + answer.body());
        }
        try {
            return JsonMapper.shared().readTree(answer.body());
        } catch (JacksonException malformed) {
            throw new CommandFailedException(
                    "What answers at " + base + " is no Sluice: GET " + path + " is no JSON.", malformed);
        }
    }

    private HttpResponse<String> answer(String path) {
        try {
            return Http.send(HttpRequest.newBuilder(URI.create(base + "/elements/api-v2" + path))
                    .header("Authorization", authorization));
        } catch (IOException away) {
            throw new CommandFailedException(
                    "No gateway answers at " + base
                            + ". Start one (java -jar sluice.jar), or say where it is with --url.",
                    away);
        }
    }

    /** Never the secrets. */
    @Override
    public String toString() {
        return "GatewayApi[" + base + "]";
    }
}
