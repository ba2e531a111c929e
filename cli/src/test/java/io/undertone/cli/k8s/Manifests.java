package io.undertone.cli.k8s;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The Kubernetes resources of this project, as maps. */
final class Manifests {
  static final Path BASE = Path.of("../k8s/base");

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  private Manifests() {}

  /** All resources that the base's kustomization names. */
  static List<Map<String, Object>> ofBase() throws IOException {
    return of(BASE);
  }

  /** All resources that a folder's kustomization names. */
  static List<Map<String, Object>> of(Path folder) throws IOException {
    Map<String, Object> kustomization = all(folder.resolve("kustomization.yaml")).get(0);
    List<Map<String, Object>> resources = new ArrayList<>();
    for (Object file : (List<?>) at(kustomization, "resources")) {
      resources.addAll(all(folder.resolve(file.toString())));
    }
    return resources;
  }

  static List<Map<String, Object>> ofKind(String kind) throws IOException {
    return ofBase().stream().filter(resource -> kind.equals(resource.get("kind"))).toList();
  }

  /** The value under a path of names. */
  static Object at(Map<?, ?> resource, String... path) {
    Object value = resource;
    for (String name : path) {
      value = ((Map<?, ?>) value).get(name);
      if (value == null) {
        throw new AssertionError("there is no " + String.join(".", path) + " in " + resource);
      }
    }
    return value;
  }

  static Map<String, Object> parse(InputStream yaml) throws IOException {
    return YAML.readValue(yaml, MAP);
  }

  private static List<Map<String, Object>> all(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        MappingIterator<Map<String, Object>> documents = YAML.readerFor(MAP).readValues(in)) {
      return documents.readAll();
    }
  }
}
