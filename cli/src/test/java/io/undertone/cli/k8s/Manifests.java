package io.undertone.cli.k8s;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Kubernetes resources as maps. */
final class Manifests {
  static final Path FOLDER = Path.of("../k8s");

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  private Manifests() {}

  /** The value under a path of names; a number is an index of a list. */
  static Object at(Object resource, Object... path) {
    Object value = resource;
    for (Object name : path) {
      value =
          name instanceof Integer index
              ? ((List<?>) value).get(index)
              : ((Map<?, ?>) value).get(name);
      if (value == null) {
        throw new AssertionError("there is no " + List.of(path) + " in " + resource);
      }
    }
    return value;
  }

  static String text(Object resource, Object... path) {
    return at(resource, path).toString();
  }

  static int number(Object resource, Object... path) {
    return Integer.parseInt(text(resource, path));
  }

  @SuppressWarnings("unchecked") // YAML's keys are text.
  static Map<String, Object> map(Object resource, Object... path) {
    return (Map<String, Object>) at(resource, path);
  }

  @SuppressWarnings("unchecked") // Anything is an object.
  static List<Object> list(Object resource, Object... path) {
    return (List<Object>) at(resource, path);
  }

  /** All documents of a text. */
  static List<Map<String, Object>> parse(String yaml) throws IOException {
    try (MappingIterator<Map<String, Object>> documents = YAML.readerFor(MAP).readValues(yaml)) {
      return documents.readAll();
    }
  }
}
