package io.undertone.local;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.kafka.Topics;
import io.undertone.jobs.options.TopicNames;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ClusterExtension.class)
class TopicsIT {

  @Test
  void createsTheTopicsAndKeepsExistingOnes(Cluster cluster) throws TopicUnavailableException {
    try (Topics topics = Topics.at(cluster.kafka().bootstrapServers(), Map.of())) {
      topics.createMissing(TopicNames.DEFAULT, 4);

      assertThatCode(() -> topics.createMissing(TopicNames.DEFAULT, 4)).doesNotThrowAnyException();
      assertThatCode(() -> topics.require(TopicNames.DEFAULT.all())).doesNotThrowAnyException();
    }
  }

  @Test
  void namesTheMissingTopic(Cluster cluster) throws TopicUnavailableException {
    String bootstrapServers = cluster.kafka().bootstrapServers();
    try (Topics topics = Topics.at(bootstrapServers, Map.of())) {
      assertThatThrownBy(() -> topics.require(List.of("nowhere")))
          .isInstanceOf(TopicUnavailableException.class)
          .hasMessageContaining(bootstrapServers)
          .hasMessageContaining("must have the topic nowhere, but does not");
    }
  }

  @Test
  void refusesAnAddressThatCannotBeResolved() {
    assertThatThrownBy(() -> Topics.at("no-such-host.invalid:1", Map.of()))
        .isInstanceOf(TopicUnavailableException.class)
        .hasMessageContaining("no-such-host.invalid:1");
  }
}
