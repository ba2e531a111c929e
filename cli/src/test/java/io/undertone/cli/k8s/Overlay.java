package io.undertone.cli.k8s;

import static io.undertone.cli.k8s.Manifests.at;
import static io.undertone.cli.k8s.Manifests.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What kubectl makes of a folder of {@code k8s/overlays}. */
record Overlay(String name, List<Map<String, Object>> resources) {
  private static final Map<String, Overlay> RENDERED = new ConcurrentHashMap<>();

  static Stream<Overlay> all() throws IOException {
    try (Stream<Path> folders = Files.list(Manifests.FOLDER.resolve("overlays"))) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream()
          .map(Overlay::named);
    }
  }

  static Overlay named(String name) {
    return RENDERED.computeIfAbsent(name, Overlay::render);
  }

  private static Overlay render(String name) {
    try {
      Path folder = Manifests.FOLDER.resolve("overlays").resolve(name);
      Process kubectl =
          new ProcessBuilder("kubectl", "kustomize", folder.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String yaml = new String(kubectl.getInputStream().readAllBytes(), UTF_8);
      if (kubectl.waitFor() != 0) {
        throw new AssertionError("kubectl does not render " + folder);
      }
      return new Overlay(name, Manifests.parse(yaml));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts tests", e);
    }
  }

  List<Map<String, Object>> ofKind(String kind) {
    return resources.stream().filter(resource -> kind.equals(resource.get("kind"))).toList();
  }

  /** The resource of a kind whose name, without the hash of its content, is this. */
  Map<String, Object> get(String kind, String name) {
    return ofKind(kind).stream()
        .filter(resource -> text(resource, "metadata", "name").matches(name + "(-[a-z0-9]{10})?"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(this + " must have a " + kind + " named " + name));
  }

  /** What runs pods: each has a template of pods at {@link #podOf}. */
  List<Map<String, Object>> workloads() {
    return Stream.of("Deployment", "FlinkDeployment", "FlinkBlueGreenDeployment")
        .flatMap(kind -> ofKind(kind).stream())
        .toList();
  }

  /** The pod that a workload makes, as far as all of its pods are equal. */
  static Map<String, Object> podOf(Map<String, Object> workload) {
    return switch (text(workload, "kind")) {
      case "Deployment" -> Manifests.map(workload, "spec", "template", "spec");
      case "FlinkDeployment" -> Manifests.map(workload, "spec", "podTemplate", "spec");
      default -> Manifests.map(workload, "spec", "template", "spec", "podTemplate", "spec");
    };
  }

  /** The options of the job, which it reads from a ConfigMap. */
  String jobOptions() {
    return text(get("ConfigMap", "undertone-job"), "data", "options.yaml");
  }

  /** The specification of the job for Flink's operator. */
  Map<String, Object> flinkDeployment() {
    if (!ofKind("FlinkBlueGreenDeployment").isEmpty()) {
      Object template = at(ofKind("FlinkBlueGreenDeployment").get(0), "spec", "template", "spec");
      return Manifests.map(template);
    }
    return Manifests.map(get("FlinkDeployment", "undertone-emotion"), "spec");
  }

  /** Those overlays in which Flink's operator runs the job. */
  static Stream<Overlay> withOperator() throws IOException {
    return all().filter(overlay -> !overlay.name().equals("without-operator"));
  }

  @Override
  public String toString() {
    return name;
  }
}
