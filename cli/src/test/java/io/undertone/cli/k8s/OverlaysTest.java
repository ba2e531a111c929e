package io.undertone.cli.k8s;

import static io.undertone.cli.k8s.Manifests.map;
import static io.undertone.cli.k8s.Manifests.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kubernetes and the operators know each field of each resource. */
@Tag("kubectl")
class OverlaysTest {

  static Stream<Overlay> overlays() throws IOException {
    return Overlay.all();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void eachFieldOfEachResourceIsKnown(Overlay overlay) {
    assertThat(overlay.resources()).hasSizeGreaterThan(20);
    assertThat(overlay.resources())
        .allSatisfy(resource -> assertThat(complaints(resource)).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void eachResourceIsInOneNamespace(Overlay overlay) {
    assertThat(overlay.resources())
        .extracting(resource -> text(resource, "metadata", "namespace"))
        .containsOnly("undertone");
    assertThat(text(overlay.get("RoleBinding", "undertone-job"), "subjects", 0, "namespace"))
        .isEqualTo("undertone");
  }

  @Test
  void templatesOfSecretsAreSecrets() throws IOException {
    try (Stream<Path> files = Files.list(Manifests.FOLDER.resolve("secrets"))) {
      for (Path file : files.toList()) {
        List<Map<String, Object>> documents = Manifests.parse(Files.readString(file));
        assertThat(documents).singleElement().extracting("kind").isEqualTo("Secret");
        assertThat(complaints(documents.get(0))).isEmpty();
        assertThat(map(documents.get(0), "stringData").values())
            .as("a template must have no secret")
            .allSatisfy(value -> assertThat(value.toString()).contains("CHANGE-ME"));
      }
    }
  }

  @Test
  void anUnknownFieldIsRefusedInEachKind() {
    for (Overlay overlay : List.of(Overlay.named("production-gpu"), Overlay.named("laptop"))) {
      for (Map<String, Object> resource : overlay.resources()) {
        assertThat(complaints(with(resource, copy -> copy.put("spce", Map.of()))))
            .as("an unknown field of " + resource.get("kind"))
            .isNotEmpty();
      }
    }
  }

  @Test
  void anUnknownFieldDeepInsideIsRefused() {
    Overlay overlay = Overlay.named("production-gpu");
    Map<String, Object> job = overlay.get("FlinkDeployment", "undertone-emotion");
    Map<String, Object> dashboard = overlay.get("Deployment", "undertone-dashboard");

    assertThat(
            complaints(with(job, copy -> map(copy, "spec", "job").put("upgradeMod", "savepoint"))))
        .singleElement()
        .asString()
        .contains("upgradeMod");
    assertThat(
            complaints(
                with(
                    job,
                    copy ->
                        map(copy, "spec", "podTemplate", "spec", "containers", 0)
                            .put("volumeMount", List.of()))))
        .singleElement()
        .asString()
        .contains("volumeMount");
    assertThat(complaints(with(job, copy -> map(copy, "spec").put("flinkVersion", "v9_9"))))
        .isNotEmpty();
    assertThat(
            complaints(
                with(
                    dashboard,
                    copy ->
                        map(copy, "spec", "template", "spec", "containers", 0)
                            .put("readynessProbe", Map.of()))))
        .singleElement()
        .asString()
        .contains("readynessProbe");
  }

  /** Each kind is checked by its definition or its type. */
  private static List<String> complaints(Map<String, Object> resource) {
    String kind = text(resource, "kind");
    if (!StrictSchema.defines(kind)) {
      return KnownKinds.complaints(resource);
    }
    StrictSchema schema = StrictSchema.of(kind);
    return schema.apiVersion().equals(resource.get("apiVersion"))
        ? schema.complaints(resource)
        : List.of(kind + " must be of " + schema.apiVersion());
  }

  private static Map<String, Object> with(
      Map<String, Object> resource, Consumer<Map<String, Object>> change) {
    Map<String, Object> copy = deepCopy(resource);
    change.accept(copy);
    return copy;
  }

  private static Map<String, Object> deepCopy(Map<?, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((name, value) -> copy.put(name.toString(), deepCopyOf(value)));
    return copy;
  }

  private static Object deepCopyOf(Object value) {
    if (value instanceof Map<?, ?> map) {
      return deepCopy(map);
    }
    return value instanceof List<?> list
        ? list.stream().map(OverlaysTest::deepCopyOf).toList()
        : value;
  }
}
