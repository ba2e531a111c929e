package io.undertone.cli.k8s;

import static io.undertone.cli.k8s.Manifests.at;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds fields that a custom resource definition does not know, or that have another type.
 *
 * <p>Kubernetes drops unknown fields silently: a typo would cost a setting, not a deployment.
 */
record CrdSchema(Map<?, ?> root) {

  /** The schema of a definition's first version. */
  static CrdSchema of(Map<String, Object> definition) {
    Map<?, ?> version = (Map<?, ?>) ((List<?>) at(definition, "spec", "versions")).get(0);
    return new CrdSchema((Map<?, ?>) at(version, "schema", "openAPIV3Schema"));
  }

  /** One line for each field of a resource that the definition refuses. */
  List<String> complaints(Map<String, Object> resource) {
    List<String> complaints = new ArrayList<>();
    check((Map<?, ?>) at(root, "properties", "spec"), at(resource, "spec"), "spec", complaints);
    return complaints;
  }

  private void check(Map<?, ?> schema, Object value, String path, List<String> complaints) {
    if (value instanceof Map<?, ?> fields) {
      fields.forEach((name, field) -> checkField(schema, name, field, path, complaints));
    } else if (value instanceof List<?> elements) {
      for (Object element : elements) {
        check((Map<?, ?>) at(schema, "items"), element, path + "[]", complaints);
      }
    } else if (!typeOf(value).equals(schema.get("type")) && !isNumberOrText(schema, value)) {
      complaints.add(path + " must be of type " + schema.get("type") + ", but is " + value);
    } else if (schema.get("enum") instanceof List<?> allowed && !allowed.contains(value)) {
      complaints.add(path + " must be one of " + allowed + ", but is " + value);
    }
  }

  private void checkField(
      Map<?, ?> schema, Object name, Object value, String path, List<String> complaints) {
    String fieldPath = path + "." + name;
    if (schema.get("properties") instanceof Map<?, ?> known
        && known.get(name) instanceof Map<?, ?> s) {
      check(s, value, fieldPath, complaints);
    } else if (schema.get("additionalProperties") instanceof Map<?, ?> s) {
      check(s, value, fieldPath, complaints);
    } else {
      complaints.add(fieldPath + " is unknown");
    }
  }

  private static boolean isNumberOrText(Map<?, ?> schema, Object value) {
    return Boolean.TRUE.equals(schema.get("x-kubernetes-int-or-string"))
        || ("number".equals(schema.get("type")) && value instanceof Number);
  }

  private static String typeOf(Object value) {
    if (value instanceof Boolean) {
      return "boolean";
    } else if (value instanceof Integer || value instanceof Long) {
      return "integer";
    }
    return value instanceof Number ? "number" : "string";
  }
}
