package io.undertone.cli.k8s;

import static io.undertone.cli.k8s.Manifests.list;
import static io.undertone.cli.k8s.Manifests.map;
import static io.undertone.cli.k8s.Manifests.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.jobs.EmotionJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts and the dashboard of Grafana; {@code MetricsIT} of local knows whether metrics exist. */
class PrometheusRulesTest {
  private static final Path MONITORING = Manifests.FOLDER.resolve("monitoring");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Prometheus takes no dash in a value of the reporter. */
  private static final String JOB = "{job_name=\"" + EmotionJob.NAME.replace('-', '_') + "\"}";

  @Test
  @Tag("promtool")
  void prometheusUnderstandsTheAlerts(@TempDir Path folder) throws Exception {
    assertUnderstood(map(alerts(), "spec"), folder);
  }

  /** As rules that record what the panels show: promtool reads rules alone. */
  @Test
  @Tag("promtool")
  void prometheusUnderstandsThePanels(@TempDir Path folder) throws Exception {
    List<Map<String, String>> rules = new ArrayList<>();
    for (JsonNode panel : dashboard().get("panels")) {
      for (JsonNode target : panel.get("targets")) {
        String expression = target.get("expr").asText().replace("$__rate_interval", "1m");
        rules.add(Map.of("record", "panel_" + rules.size(), "expr", expression));
      }
    }
    assertUnderstood(Map.of("groups", List.of(Map.of("name", "panels", "rules", rules))), folder);
  }

  private static void assertUnderstood(Map<String, Object> rules, Path folder) throws Exception {
    Path file = folder.resolve("rules.json");
    // JSON is YAML.
    Files.writeString(file, JSON.writeValueAsString(rules));

    Process promtool =
        new ProcessBuilder("promtool", "check", "rules", file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(promtool.getInputStream().readAllBytes(), UTF_8);

    assertThat(promtool.waitFor()).as(said).isZero();
    assertThat(said).contains("SUCCESS");
  }

  @Test
  void alertsAreOfTheJobAlone() throws IOException {
    for (Object rule : list(alerts(), "spec", "groups", 0, "rules")) {
      assertThatEachMetricIsOfTheJob(text(rule, "expr"));
      assertThat(text(rule, "labels", "severity")).isIn("warning", "critical");
      assertThat(text(rule, "annotations", "summary")).endsWith(".");
    }
  }

  @Test
  void panelsAreOfTheJobAloneAndHaveUnits() throws IOException {
    JsonNode panels = dashboard().get("panels");

    assertThat(panels).hasSizeGreaterThan(20);
    for (JsonNode panel : panels) {
      assertThat(panel.at("/fieldConfig/defaults/unit").asText()).isNotEmpty();
      for (JsonNode target : panel.get("targets")) {
        assertThatEachMetricIsOfTheJob(target.get("expr").asText());
      }
    }
  }

  private static void assertThatEachMetricIsOfTheJob(String expression) {
    Matcher metric = Pattern.compile("flink_\\w+").matcher(expression);
    assertThat(metric.find()).as(expression).isTrue();
    do {
      assertThat(expression.substring(metric.end())).startsWith(JOB);
    } while (metric.find());
    assertThat(expression).doesNotContain("conversation");
  }

  private static JsonNode dashboard() throws IOException {
    return JSON.readTree(MONITORING.resolve("undertone.json").toFile());
  }

  private static Map<String, Object> alerts() throws IOException {
    return Manifests.parse(Files.readString(MONITORING.resolve("emotion-job-alerts.yaml"))).get(0);
  }
}
