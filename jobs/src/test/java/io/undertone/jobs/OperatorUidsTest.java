package io.undertone.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.jobs.options.InvalidOptionException;
import io.undertone.jobs.options.JobOptions;
import io.undertone.model.FakeEmotionModelFactory;
import java.util.Collection;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

class OperatorUidsTest {

  /** What savepoints of released versions know. A name may be added, none may change or go. */
  private static final List<String> PUBLISHED =
      List.of(
          "read-audio",
          "decode",
          "order",
          "segment",
          "recognize",
          "emit",
          "write-events",
          "write-dead-letters",
          "write-late");

  @Test
  void theUidsAreThosePublished() {
    assertThat(OperatorUids.ALL).containsExactlyElementsOf(PUBLISHED);
  }

  @Test
  void eachOperatorHasItsUid() throws InvalidOptionException {
    List<String> uids = operators().stream().map(StreamNode::getTransformationUID).toList();

    assertThat(uids)
        .containsAll(PUBLISHED)
        .doesNotHaveDuplicates()
        .allSatisfy(
            // A sink is a writer, which has the sink's uid, and a committer, which Flink names.
            uid -> assertThat(uid.replace("Sink Committer: ", "")).isIn(PUBLISHED));
  }

  @Test
  void eachOperatorHasTheMaxParallelismOfTheOptions() throws InvalidOptionException {
    assertThat(operators())
        .allSatisfy(operator -> assertThat(operator.getMaxParallelism()).isEqualTo(720));
  }

  @Test
  void aCallIsSentTwiceOnlyToOrderAndToRecognize() throws InvalidOptionException {
    List<String> firstStages =
        StreamSupport.stream(graph().getJobGraph().getVertices().spliterator(), false)
            .map(task -> task.getName().split(" -> ", 2)[0])
            .toList();

    assertThat(firstStages)
        .contains("order", "recognize")
        .doesNotContain("decode", "segment", "emit");
  }

  private static Collection<StreamNode> operators() throws InvalidOptionException {
    return graph().getStreamNodes();
  }

  private static StreamGraph graph() throws InvalidOptionException {
    JobOptions options = JobOptions.parse("--max-parallelism", "720");
    StreamExecutionEnvironment env = EmotionJob.define(options, new FakeEmotionModelFactory());
    return env.getStreamGraph();
  }
}
