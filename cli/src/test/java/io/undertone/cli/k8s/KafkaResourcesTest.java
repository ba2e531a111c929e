package io.undertone.cli.k8s;

import static io.undertone.cli.k8s.Manifests.at;
import static io.undertone.cli.k8s.Manifests.list;
import static io.undertone.cli.k8s.Manifests.map;
import static io.undertone.cli.k8s.Manifests.number;
import static io.undertone.cli.k8s.Manifests.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.cli.dashboard.DashboardCommand;
import io.undertone.cli.notify.NotifyCommand;
import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.KafkaOptions;
import io.undertone.jobs.options.TopicNames;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The Kafka that the overlays make is the one that the job and the dashboard need. */
@Tag("kubectl")
class KafkaResourcesTest {
  private static final TopicNames TOPICS = TopicNames.DEFAULT;

  private static final Set<String> DECIDED = Set.of("retention.ms", "cleanup.policy");

  static Stream<Overlay> overlays() throws IOException {
    return Overlay.all();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void theTopicsAreThoseOfTheJobTheDashboardAndTheNotifier(Overlay overlay) {
    Set<String> topics = new TreeSet<>(TOPICS.all());
    topics.addAll(topicsOf(new DashboardCommand()));
    topics.addAll(topicsOf(new NotifyCommand()));

    assertThat(overlay.ofKind("KafkaTopic"))
        .extracting(topic -> text(topic, "spec", "topicName"))
        .containsExactlyInAnyOrderElementsOf(topics);
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void topicsOutliveABroker(Overlay overlay) {
    int brokers = number(overlay.get("KafkaNodePool", "node"), "spec", "replicas");
    int inSync = brokers == 1 ? 1 : 2;

    for (Map<String, Object> topic : overlay.ofKind("KafkaTopic")) {
      assertThat(number(topic, "spec", "replicas")).isEqualTo(Math.min(brokers, 3));
      assertThat(number(topic, "spec", "config", "min.insync.replicas")).isEqualTo(inSync);
      assertThat(text(topic, "spec", "config", "message.timestamp.type"))
          .isEqualTo("LogAppendTime");
      // Retention by default is a week, which nobody decided.
      assertThat(map(topic, "spec", "config"))
          .hasKeySatisfying(new Condition<>(DECIDED::contains, "how long records stay"));
    }
    Map<String, Object> config = map(overlay.get("Kafka", "undertone"), "spec", "kafka", "config");
    assertThat(config)
        .containsEntry("min.insync.replicas", inSync)
        .containsEntry("transaction.state.log.min.isr", inSync)
        .containsEntry("offsets.topic.replication.factor", Math.min(brokers, 3));
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void topicsUsersAndNodesAreOfTheCluster(Overlay overlay) {
    for (String kind : List.of("KafkaTopic", "KafkaUser", "KafkaNodePool")) {
      assertThat(overlay.ofKind(kind))
          .extracting(resource -> text(resource, "metadata", "labels", "strimzi.io/cluster"))
          .containsOnly("undertone");
    }
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void eachAccessIsToATopicThatExists(Overlay overlay) {
    List<String> topics =
        overlay.ofKind("KafkaTopic").stream().map(t -> text(t, "spec", "topicName")).toList();

    for (Map<String, Object> user : overlay.ofKind("KafkaUser")) {
      assertThat(accesses(user, "topic").keySet()).isSubsetOf(topics);
    }
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void theJobMayReadItsInputsAndWriteItsOutputs(Overlay overlay) throws Exception {
    Map<String, Object> user = overlay.get("KafkaUser", "undertone-job");
    Set<String> inputs = Set.of(TOPICS.audioChunks(), TOPICS.control(), TOPICS.alertRules());
    JobOptions options = JobOptionsFile.parse(overlay.jobOptions());

    Map<String, Set<String>> topics = accesses(user, "topic");
    assertThat(topics.keySet()).containsExactlyInAnyOrderElementsOf(TOPICS.all());
    topics.forEach(
        (topic, operations) ->
            assertThat(operations)
                .as(topic)
                .isEqualTo(
                    inputs.contains(topic)
                        ? Set.of("Read", "Describe", "DescribeConfigs")
                        : Set.of("Write", "Describe")));
    assertThat(accesses(user, "group"))
        .containsOnlyKeys(options.get(KafkaOptions.GROUP_ID))
        .containsValue(Set.of("Read", "Describe"));
    assertThat(accesses(user, "transactionalId"))
        .containsOnlyKeys(options.get(KafkaOptions.TRANSACTIONAL_ID_PREFIX))
        .containsValue(Set.of("Write", "Describe"));
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void theDashboardMayUseItsTopics(Overlay overlay) {
    assertThat(accesses(overlay.get("KafkaUser", "undertone-dashboard"), "topic").keySet())
        .containsExactlyInAnyOrderElementsOf(topicsOf(new DashboardCommand()));
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void theNotifierMayUseItsTopics(Overlay overlay) {
    assertThat(accesses(overlay.get("KafkaUser", "undertone-notify"), "topic").keySet())
        .containsExactlyInAnyOrderElementsOf(topicsOf(new NotifyCommand()));
  }

  /** Those that the options of a command name. */
  private static Set<String> topicsOf(Object command) {
    return new CommandLine(command)
        .getCommandSpec().options().stream()
            .filter(option -> option.longestName().endsWith("topic"))
            .map(option -> option.initialValue().toString())
            .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Names of resources of a type, and what the user may do with each. */
  private static Map<String, Set<String>> accesses(Map<String, Object> user, String type) {
    return list(user, "spec", "authorization", "acls").stream()
        .filter(acl -> text(acl, "resource", "type").equals(type))
        .collect(
            Collectors.toMap(
                acl -> text(acl, "resource", "name"),
                acl ->
                    ((List<?>) at(acl, "operations"))
                        .stream().map(Object::toString).collect(Collectors.toSet())));
  }
}
