package io.undertone.cli.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The schema of a custom resource, turned strict: Kubernetes drops fields that a schema does not
 * know, so that a typo would cost a setting and no error.
 *
 * <p>A structural schema of Kubernetes is a JSON schema but for integers that may be text.
 */
record StrictSchema(String apiVersion, Schema schema) {
  private static final Map<String, StrictSchema> READ = new ConcurrentHashMap<>();
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Whether there is a definition of a kind. */
  static boolean defines(String kind) {
    return StrictSchema.class.getResource(fileOf(kind)) != null;
  }

  /** The first version of the definition of a kind. */
  static StrictSchema of(String kind) {
    return READ.computeIfAbsent(kind, StrictSchema::read);
  }

  private static String fileOf(String kind) {
    return "definitions/" + kind + ".yaml";
  }

  private static StrictSchema read(String kind) {
    try (InputStream in = StrictSchema.class.getResourceAsStream(fileOf(kind))) {
      JsonNode spec = YAML.readTree(Objects.requireNonNull(in, kind)).path("spec");
      JsonNode version = spec.path("versions").path(0);
      ObjectNode schema = (ObjectNode) version.path("schema").path("openAPIV3Schema");
      ObjectNode fields = schema.withObjectProperty("properties");
      // Each resource has these; some definitions do not name them.
      fields.putObject("apiVersion").put("type", "string");
      fields.putObject("kind").put("type", "string");
      fields.putObject("metadata").put("type", "object");
      tighten(schema);
      return new StrictSchema(
          spec.path("group").asText() + "/" + version.path("name").asText(),
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(schema));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void tighten(JsonNode node) {
    node.forEach(StrictSchema::tighten);
    if (!(node instanceof ObjectNode object)) {
      return;
    }
    if (object.path("x-kubernetes-int-or-string").asBoolean()) {
      object.remove("type");
      ArrayNode either = object.putArray("anyOf");
      either.addObject().put("type", "integer");
      either.addObject().put("type", "string");
    }
    boolean open = object.path("x-kubernetes-preserve-unknown-fields").asBoolean();
    if (object.path("type").asText().equals("object")
        && object.path("properties").isObject()
        && !open
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
  }

  /** One line for each field of a resource that the definition refuses. */
  List<String> complaints(Map<String, Object> resource) {
    return schema.validate(JSON.<JsonNode>valueToTree(resource)).stream()
        .map(Error::toString)
        .toList();
  }
}
