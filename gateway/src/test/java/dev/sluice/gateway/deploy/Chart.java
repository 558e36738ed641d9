package dev.sluice.gateway.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The Helm chart, rendered by Helm itself. */
final class Chart {
    static final Path FOLDER =
            Path.of("..", "deploy", "helm", "sluice").toAbsolutePath().normalize();

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final ObjectMapper STRICT = new ObjectMapper().setAnnotationIntrospector(new Strict());
    private static final Map<String, Class<?>> KINDS = Map.ofEntries(
            Map.entry("apps/v1 Deployment", Deployment.class),
            Map.entry("autoscaling/v2 HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
            Map.entry("batch/v1 Job", Job.class),
            Map.entry("gateway.networking.k8s.io/v1 HTTPRoute", HTTPRoute.class),
            Map.entry("keda.sh/v1alpha1 ScaledObject", ScaledObject.class),
            Map.entry("monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class),
            Map.entry("monitoring.coreos.com/v1 ServiceMonitor", ServiceMonitor.class),
            Map.entry("networking.k8s.io/v1 Ingress", Ingress.class),
            Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
            Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("v1 ConfigMap", ConfigMap.class),
            Map.entry("v1 Service", Service.class),
            Map.entry("v1 ServiceAccount", ServiceAccount.class));

    private Chart() {}

    /** The models keep unknown fields in a map of their own; without that map, they are an error. */
    private static final class Strict extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }

    /** The objects that these values make, hooks among them; {@code settings} are {@code name=value}. */
    static List<JsonNode> render(String values, String... settings) {
        return renderWithHooks("false", values, settings);
    }

    /**
     * The same in Helm's order.
     *
     * @param hook {@code true} as it is by default: what is a hook is then not among the objects
     */
    static List<JsonNode> renderWithHooks(String hook, String values, String... settings) {
        return objects(
                template("prod")
                        .withNamespace("webhooks")
                        .withValuesFile(FOLDER.resolve("ci").resolve(values + ".yaml"))
                        .set("migration.hook", hook),
                List.of(settings));
    }

    /** The objects of a release with nothing set but this, hooks among them. */
    static List<JsonNode> install(String release, List<String> settings) {
        return objects(template(release).set("migration.hook", "false"), settings);
    }

    private static TemplateCommand template(String release) {
        return new Helm(FOLDER).template().withName(release).withKubeVersion("1.31.0");
    }

    private static List<JsonNode> objects(TemplateCommand begun, List<String> settings) {
        TemplateCommand template = begun;
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            template = template.set(parts[0], parts[1]);
        }
        List<JsonNode> objects = new ArrayList<>();
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(template.call())) {
            documents.forEachRemaining(document -> {
                if (document.isObject()) {
                    objects.add(document);
                }
            });
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
        return objects;
    }

    /** Reads an object as what it says that it is; an unknown kind or field is an error. */
    static Object strictly(JsonNode object) throws IOException {
        String kind =
                object.path("apiVersion").asText() + " " + object.path("kind").asText();
        Class<?> type = KINDS.get(kind);
        if (type == null) {
            throw new IllegalArgumentException("kind: " + kind + " (expected: one of " + KINDS.keySet() + ")");
        }
        return STRICT.treeToValue(object, type);
    }
}
