package io.undertone.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.RuntimeOptions;
import io.undertone.local.OtlpReceiver.Received;
import io.undertone.local.embedded.EmbeddedFlink;
import io.undertone.local.embedded.EmbeddedKafka;
import io.undertone.local.embedded.RunningJob;
import io.undertone.local.replay.CallReplayer;
import io.undertone.local.replay.ReplaySettings;
import io.undertone.model.FakeEmotionModelFactory;
import io.undertone.operators.Conversation;
import io.undertone.schemas.EmotionEvent;
import java.util.List;
import java.util.Map;
import org.apache.flink.traces.otel.OpenTelemetryTraceReporterFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a job tells of its calls to logs and to OpenTelemetry. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TracesIT {
  private static final String CALL = "call-of-anna-4711";
  private static final int LATE_MS = 60_000;

  private List<Received> spans = List.of();
  private List<String> linesThatNameTheCall = List.of();
  private long lines;
  private long utterances;

  @BeforeAll
  void traceACall() throws Exception {
    try (OtlpReceiver receiver = OtlpReceiver.start();
        LogSearch search = LogSearch.of(CALL);
        Cluster cluster =
            new Cluster(EmbeddedKafka.start(), EmbeddedFlink.start(1, 0, reporter(receiver)))) {
      utterances = runACall(cluster);
      // All parts of an utterance come before it.
      spans =
          receiver.await(
              all ->
                  named("Utterance", all).size() == utterances
                      && !named("Checkpoint", all).isEmpty());
      linesThatNameTheCall = List.copyOf(search.found());
      lines = search.lines();
    }
  }

  private static Map<String, String> reporter(OtlpReceiver receiver) {
    return Map.of(
        "traces.reporter.otel.factory.class",
        OpenTelemetryTraceReporterFactory.class.getName(),
        "traces.reporter.otel.exporter.endpoint",
        receiver.endpoint(),
        "traces.reporter.otel.exporter.protocol",
        "HTTP");
  }

  /** Returns how many utterances it had. */
  private static long runACall(Cluster cluster) throws Exception {
    TestPipeline pipeline =
        TestPipeline.with(
            cluster,
            new FakeEmotionModelFactory(),
            JobOptions.defaults().with(RuntimeOptions.TRACED_CALLS, 1.0));
    RunningJob job = pipeline.start(1);
    try (CallReplayer replayer = pipeline.replayer();
        TopicReader<EmotionEvent> events = pipeline.events()) {
      replayer.replay(
          DemoCalls.call("lost-parcel", CALL),
          ReplaySettings.startingAt(System.currentTimeMillis() - LATE_MS));
      long all = events.await(EventSets.endOf(1)).size();
      job.checkpoint();
      return all - 1;
    } finally {
      job.cancel();
    }
  }

  @Test
  void eachUtteranceIsATraceOfItsParts() {
    List<Received> roots = named("Utterance");
    assertThat((long) roots.size()).isEqualTo(utterances).isGreaterThan(3);
    assertThat(roots)
        .allSatisfy(
            root -> {
              assertThat(root.parent()).isEmpty();
              assertThat(root.attributes())
                  .containsValue(
                      Conversation.logName(
                          DemoCalls.call("lost-parcel", CALL).conversation().key()));
              assertThat(spans)
                  .filteredOn(span -> span.parent().equals(root.id()))
                  .allMatch(span -> span.trace().equals(root.trace()))
                  .allMatch(span -> span.startMs() >= root.startMs())
                  .allMatch(span -> span.endMs() <= root.endMs())
                  .extracting(Received::name)
                  .containsExactlyInAnyOrder("Send", "Listen", "HandOver", "Turn", "Recognize");
            });
  }

  /** The sender's time of the call is a minute back. */
  @Test
  void theTimeBeforeKafkaIsThatOfSending() {
    assertThat(named("Send")).anyMatch(span -> span.endMs() - span.startMs() > LATE_MS / 10);
    assertThat(named("Listen")).anyMatch(span -> span.endMs() - span.startMs() < LATE_MS / 10);
  }

  @Test
  void flinksOwnSpansComeToo() {
    assertThat(named("Checkpoint")).isNotEmpty();
  }

  @Test
  void neitherLogsNorSpansNameTheCall() {
    assertThat(lines).isGreaterThan(1_000);
    assertThat(linesThatNameTheCall).isEmpty();
    assertThat(spans.toString()).doesNotContain(CALL);
  }

  private List<Received> named(String name) {
    return named(name, spans);
  }

  private static List<Received> named(String name, List<Received> spans) {
    return spans.stream().filter(span -> span.name().equals(name)).toList();
  }
}
