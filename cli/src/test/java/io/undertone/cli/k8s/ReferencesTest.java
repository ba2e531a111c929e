package io.undertone.cli.k8s;

import static io.undertone.cli.k8s.Manifests.list;
import static io.undertone.cli.k8s.Manifests.map;
import static io.undertone.cli.k8s.Manifests.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.cli.dashboard.DashboardCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What resources name exists: other resources, files in pods, and paths of the dashboard. */
@Tag("kubectl")
class ReferencesTest {
  private static final Pattern SECRET_KEY = Pattern.compile("\\$\\{directory:([^:]+):([^}]+)}");
  private static final Pattern ENV_SECRET = Pattern.compile("secret:([\\w-]+),key:([\\w-]+)");

  static Stream<Overlay> overlays() throws IOException {
    return Overlay.all();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void whatPodsMountExists(Overlay overlay) throws IOException {
    Set<String> known = new TreeSet<>(secrets(overlay));
    for (String kind : List.of("ConfigMap", "PersistentVolumeClaim", "ServiceAccount")) {
      overlay.ofKind(kind).forEach(resource -> known.add(kind + " " + nameOf(resource)));
    }

    for (Map<String, Object> workload : overlay.workloads()) {
      assertThat(known).as(nameOf(workload)).containsAll(used(workload));
    }
  }

  private static Set<String> used(Map<String, Object> workload) {
    Set<String> used = new TreeSet<>();
    Map<String, Object> pod = Overlay.podOf(workload);
    Set<String> volumes = new TreeSet<>();
    for (Object volume : list(pod, "volumes")) {
      volumes.add(text(volume, "name"));
      Map<?, ?> source = (Map<?, ?>) volume;
      if (source.containsKey("configMap")) {
        used.add("ConfigMap " + text(source, "configMap", "name"));
      } else if (source.containsKey("secret")) {
        used.add("Secret " + text(source, "secret", "secretName"));
      } else {
        used.add("PersistentVolumeClaim " + text(source, "persistentVolumeClaim", "claimName"));
      }
    }
    assertThat(list(pod, "containers", 0, "volumeMounts"))
        .extracting(mount -> text(mount, "name"))
        .as("mounts, of which two may be of one volume")
        .containsOnly(volumes.toArray(String[]::new));
    Matcher account =
        Pattern.compile("serviceAccount(Name)?=([\\w-]+)").matcher(workload.toString());
    if (account.find()) {
      used.add("ServiceAccount " + account.group(2));
    }
    Matcher env = ENV_SECRET.matcher(workload.toString());
    while (env.find()) {
      used.add("Secret " + env.group(1));
    }
    return used;
  }

  /** Those that Strimzi makes for users and for the cluster, and those of our templates. */
  private static Set<String> secrets(Overlay overlay) throws IOException {
    Set<String> secrets = new TreeSet<>(Set.of("Secret undertone-cluster-ca-cert"));
    overlay.ofKind("KafkaUser").forEach(user -> secrets.add("Secret " + nameOf(user)));
    for (Map<String, Object> template : templates()) {
      secrets.add("Secret " + nameOf(template));
    }
    return secrets;
  }

  private static List<Map<String, Object>> templates() throws IOException {
    try (Stream<Path> files = Files.list(Manifests.FOLDER.resolve("secrets"))) {
      List<Map<String, Object>> templates = new ArrayList<>();
      for (Path file : files.toList()) {
        templates.addAll(Manifests.parse(Files.readString(file)));
      }
      return templates;
    }
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void kafkasClientsReadSecretsWhereTheyAreMounted(Overlay overlay) {
    Map<String, Object> dashboard = overlay.get("Deployment", "undertone-dashboard");
    String properties =
        text(overlay.get("ConfigMap", "undertone-dashboard"), "data", "kafka.properties");

    assertMounted(properties, Overlay.podOf(dashboard));
    for (Map<String, Object> workload : overlay.workloads()) {
      if (!nameOf(workload).equals("undertone-dashboard")) {
        assertMounted(overlay.jobOptions(), Overlay.podOf(workload));
      }
    }
  }

  private static void assertMounted(String properties, Map<String, Object> pod) {
    List<String> mounts =
        list(pod, "containers", 0, "volumeMounts").stream().map(m -> text(m, "mountPath")).toList();
    Matcher secret = SECRET_KEY.matcher(properties);

    assertThat(secret.find()).isTrue();
    assertThat(mounts).contains(secret.group(1), "/etc/undertone/kafka");
    assertThat(secret.group(2)).isEqualTo("sasl.jaas.config");
    assertThat(properties).contains("/etc/undertone/kafka/ca.crt");
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void theDashboardTakesItsArgumentsAndAnswersItsProbes(Overlay overlay) throws IOException {
    Map<String, Object> container =
        map(
            overlay.get("Deployment", "undertone-dashboard"),
            "spec",
            "template",
            "spec",
            "containers",
            0);
    List<String> arguments = list(container, "args").stream().map(Object::toString).toList();
    String api =
        Files.readString(
            Path.of("../dashboard/src/main/resources/io/undertone/dashboard/openapi.yaml"));

    assertThat(arguments.get(0)).isEqualTo("dashboard");
    CommandLine.ParseResult parsed =
        new CommandLine(new DashboardCommand())
            .parseArgs(arguments.subList(1, arguments.size()).toArray(String[]::new));
    assertThat(parsed.<Integer>matchedOptionValue("--port", 0))
        .isEqualTo(Manifests.number(container, "ports", 0, "containerPort"));
    for (String probe : List.of("readinessProbe", "livenessProbe")) {
      String path = text(container, probe, "httpGet", "path");
      assertThat(path).startsWith("/api/v1/");
      assertThat(api).contains("\n  " + path.substring("/api/v1".length()) + ":\n");
    }
  }

  @Test
  void theGuideNamesTheImages() throws IOException {
    String readme = Files.readString(Manifests.FOLDER.resolve("README.md"));

    assertThat(readme)
        .contains("-t " + text(Overlay.named("laptop").flinkDeployment(), "image"))
        .contains(
            "-t "
                + text(
                    Overlay.named("laptop").get("Deployment", "undertone-dashboard"),
                    "spec",
                    "template",
                    "spec",
                    "containers",
                    0,
                    "image"));
  }

  private static String nameOf(Map<String, Object> resource) {
    return text(resource, "metadata", "name");
  }
}
