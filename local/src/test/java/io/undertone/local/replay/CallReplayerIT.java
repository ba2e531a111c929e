package io.undertone.local.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.local.Cluster;
import io.undertone.local.ClusterExtension;
import io.undertone.local.TestPipeline;
import io.undertone.schemas.AudioChunk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ClusterExtension.class)
class CallReplayerIT {
  private static final ReplaySettings SETTINGS = ReplaySettings.startingAt(1_700_000_000_000L);

  @Test
  void sendsEachChunkOnceAndInOrder(Cluster cluster)
      throws TopicUnavailableException, InterruptedException {
    CallRecording recording = Recordings.twoSided("replayed", 1000);
    TestPipeline pipeline = TestPipeline.with(cluster);

    ReplayReport report;
    try (CallReplayer replayer = pipeline.replayer()) {
      report = replayer.replay(recording, SETTINGS);
    }

    assertThat(report).isEqualTo(new ReplayReport(20, 32_000));
    try (var chunks = pipeline.read(pipeline.topics().audioChunks(), AudioChunk.getDecoder())) {
      assertThat(chunks.await(read -> read.size() >= 20))
          .containsExactlyElementsOf(CallChunks.of(recording, SETTINGS));
    }
  }

  @Test
  void realTimeTakesAsLongAsTheCall(Cluster cluster)
      throws TopicUnavailableException, InterruptedException {
    long startNanos = System.nanoTime();

    try (CallReplayer replayer = TestPipeline.with(cluster).replayer()) {
      replayer.replay(
          Recordings.twoSided("live", 500), SETTINGS.withPace(ReplaySettings.Pace.REAL_TIME));
    }

    assertThat(System.nanoTime() - startNanos).isGreaterThanOrEqualTo(500_000_000L);
  }

  @Test
  void namesTheMissingTopic(Cluster cluster) {
    String bootstrapServers = cluster.kafka().bootstrapServers();

    assertThatThrownBy(() -> CallReplayer.connect(bootstrapServers, "nowhere", Map.of()))
        .isInstanceOf(TopicUnavailableException.class)
        .hasMessageContaining("must have the topic nowhere");
  }

  @Test
  void namesTheBrokerThatDoesNotAnswer() throws IOException {
    int closedPort;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closedPort = socket.getLocalPort();
    }

    assertThatThrownBy(() -> CallReplayer.connect("localhost:" + closedPort, "any", Map.of()))
        .isInstanceOf(TopicUnavailableException.class)
        .hasMessageContaining("no answer from a Kafka broker at localhost:" + closedPort);
  }
}
