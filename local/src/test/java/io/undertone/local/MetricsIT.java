package io.undertone.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.local.embedded.EmbeddedFlink;
import io.undertone.local.embedded.EmbeddedKafka;
import io.undertone.local.embedded.FreePorts;
import io.undertone.local.embedded.RunningJob;
import io.undertone.local.replay.CallReplayer;
import io.undertone.local.replay.ReplaySettings;
import io.undertone.schemas.EmotionEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.metrics.prometheus.PrometheusReporterFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What Prometheus reads from the job is what the alerts and the dashboard of Grafana ask for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsIT {
  private static final Path MONITORING = Path.of("../k8s/monitoring");
  private static final String UNDERTONE = "flink_taskmanager_job_task_operator_undertone_";
  private static final Pattern NAME = Pattern.compile("\\bflink_[a-zA-Z0-9_]+");
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");

  private String scrape = "";

  @BeforeAll
  void scrapeAJob() throws Exception {
    int port = FreePorts.pick(1).get(0);
    Map<String, String> reporter =
        Map.of(
            "metrics.reporter.prom.factory.class",
            PrometheusReporterFactory.class.getName(),
            "metrics.reporter.prom.port",
            String.valueOf(port));
    try (Cluster cluster =
        new Cluster(EmbeddedKafka.start(), EmbeddedFlink.start(1, 0, reporter))) {
      TestPipeline pipeline = TestPipeline.with(cluster);
      RunningJob job = pipeline.start(1);
      try (CallReplayer replayer = pipeline.replayer();
          TopicReader<EmotionEvent> events = pipeline.events()) {
        replayer.replay(
            DemoCalls.call("lost-parcel", "the-conversation"), ReplaySettings.startingAt(0));
        events.await(EventSets.endOf(1));
        job.checkpoint();
        scrape = read(port);
      } finally {
        job.cancel();
      }
    }
  }

  private static String read(int port) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics")).build(),
            BodyHandlers.ofString())
        .body();
  }

  @Test
  void alertsAndDashboardNameMetricsThatTheJobHas() throws IOException {
    Map<String, Set<String>> named = new TreeMap<>();
    try (Stream<Path> files = Files.list(MONITORING)) {
      files.forEach(file -> named.put(file.getFileName().toString(), namesIn(file)));
    }

    assertThat(named.get("emotion-job-alerts.yaml")).hasSizeGreaterThan(8);
    assertThat(named.get("undertone.json")).hasSizeGreaterThan(25);
    named.forEach((file, names) -> assertThat(types().keySet()).as(file).containsAll(names));
  }

  @Test
  void theDocumentedMetricsAreThere() throws IOException {
    String section = Files.readString(Path.of("../docs/deployment.md"));
    section = section.substring(section.indexOf("\n## Metrics"));
    Matcher row =
        Pattern.compile("(?m)^\\| [a-z, -]+ \\| ((?:`\\w+`(?:, )?)+) \\|").matcher(section);
    Set<String> documented = new TreeSet<>();
    while (row.find()) {
      for (String name : row.group(1).split(", ")) {
        documented.add(UNDERTONE + name.replace("`", ""));
      }
    }

    Set<String> exported = new TreeSet<>(types().keySet());
    exported.removeIf(name -> !name.startsWith(UNDERTONE));
    assertThat(documented).isEqualTo(exported);
  }

  @Test
  void countersAreExportedAsGauges() {
    assertThat(types())
        .containsEntry(UNDERTONE + "events", "gauge")
        .containsEntry(UNDERTONE + "recognizedUtterances", "gauge")
        .containsEntry("flink_jobmanager_job_numRestarts", "gauge");
  }

  @Test
  void valuesAreThoseOfTheCall() {
    assertThat(value("events")).isGreaterThan(3);
    assertThat(value("recognizedUtterances")).isEqualTo(value("utterances"));
    assertThat(value("modelUtterances")).isPositive();
    assertThat(value("liveCalls")).isZero();
    assertThat(value("deadLetters")).isZero();
  }

  @Test
  void noLabelNamesACall() {
    assertThat(scrape).contains(UNDERTONE).doesNotContain("the-conversation");
  }

  private Map<String, String> types() {
    Map<String, String> types = new TreeMap<>();
    Matcher type = TYPE.matcher(scrape);
    while (type.find()) {
      types.put(type.group(1), type.group(2));
    }
    return types;
  }

  /** The sum over all operators. */
  private double value(String metric) {
    List<String> samples =
        scrape.lines().filter(line -> line.startsWith(UNDERTONE + metric + "{")).toList();
    assertThat(samples).as(metric).isNotEmpty();
    return samples.stream()
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static Set<String> namesIn(Path file) {
    Set<String> names = new TreeSet<>();
    try {
      Matcher name = NAME.matcher(Files.readString(file));
      while (name.find()) {
        names.add(name.group());
      }
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
