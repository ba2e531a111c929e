package io.undertone.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.KafkaOptions;
import io.undertone.jobs.options.RuntimeOptions;
import io.undertone.model.FakeEmotionModelFactory;
import java.util.Collection;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

class OperatorUidsTest {

  /** The uids in savepoints of released versions: add new ones, never change or remove one. */
  private static final List<String> PUBLISHED =
      List.of(
          "read-audio",
          "read-control",
          "decode-control",
          "read-alert-rules",
          "decode-alert-rules",
          "decode",
          "order",
          "segment",
          "recognize",
          "emit",
          "alert",
          "gather-alerts",
          "write-events",
          "gather-dead-letters",
          "write-dead-letters",
          "write-late",
          "write-audit",
          "write-alerts",
          "write-contact-lens");

  @Test
  void uidsAreThePublishedOnes() {
    assertThat(OperatorUids.ALL).containsExactlyElementsOf(PUBLISHED);
  }

  @Test
  void eachOperatorHasItsUid() {
    List<String> uids = operators().stream().map(StreamNode::getTransformationUID).toList();

    assertThat(uids)
        .containsAll(PUBLISHED)
        .doesNotHaveDuplicates()
        .allSatisfy(
            // A sink has two operators: a writer with its uid, and a committer that Flink names.
            uid -> assertThat(uid.replace("Sink Committer: ", "")).isIn(PUBLISHED));
  }

  @Test
  void eachOperatorHasTheMaxParallelismOfTheOptions() {
    assertThat(operators())
        .allSatisfy(operator -> assertThat(operator.getMaxParallelism()).isEqualTo(720));
  }

  @Test
  void onlyOrderAndRecognizeReceiveTheirInputOverTheNetwork() {
    List<String> firstStages =
        StreamSupport.stream(graph().getJobGraph().getVertices().spliterator(), false)
            .map(task -> task.getName().split(" -> ", 2)[0])
            .toList();

    assertThat(firstStages)
        .contains("order", "recognize")
        .doesNotContain("decode", "segment", "emit");
  }

  private static Collection<StreamNode> operators() {
    return graph().getStreamNodes();
  }

  private static StreamGraph graph() {
    JobOptions options =
        JobOptions.defaults()
            .with(RuntimeOptions.MAX_PARALLELISM, 720)
            .with(KafkaOptions.CONTACT_LENS_TOPIC, "undertone.contact-lens.v1");
    StreamExecutionEnvironment env = EmotionJob.define(options, new FakeEmotionModelFactory());
    return env.getStreamGraph();
  }
}
