package io.undertone.local;

import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.jobs.EmotionJob;
import io.undertone.jobs.kafka.ClientProperties;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.kafka.Topics;
import io.undertone.jobs.options.InvalidOptionException;
import io.undertone.jobs.options.JobOptions;
import io.undertone.jobs.options.TopicNames;
import io.undertone.local.embedded.EmbeddedFlink;
import io.undertone.local.embedded.RunningJob;
import io.undertone.local.replay.CallReplayer;
import io.undertone.local.replay.ReplaySettings;
import io.undertone.model.FakeEmotionModelFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobStatus;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The job on a broker with TLS, SASL/SCRAM and ACLs, with all secrets in files. */
@TestInstance(Lifecycle.PER_CLASS)
class SecurityIT {
  private static final TopicNames TOPICS = TopicNames.DEFAULT;

  private LogSearch secretsInLogs;
  private SecuredKafka secured;
  private EmbeddedFlink flink;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    secretsInLogs = LogSearch.of("-secret");
    secured = SecuredKafka.start(folder);
    flink = EmbeddedFlink.start(1);
    try (Topics topics = Topics.at(address(), admin())) {
      topics.createMissing(TOPICS, 1);
    }
    // As docs/deployment.md says, with less: without DescribeConfigs only a gauge is unknown.
    for (String input : List.of(TOPICS.audioChunks(), TOPICS.control(), TOPICS.alertRules())) {
      allow(SecuredKafka.JOB, TOPIC, input, READ, DESCRIBE);
    }
    for (String output : outputs()) {
      allow(SecuredKafka.JOB, TOPIC, output, WRITE, DESCRIBE);
    }
    allow(SecuredKafka.JOB, GROUP, "undertone-emotion", READ);
    allow(SecuredKafka.JOB, TRANSACTIONAL_ID, "undertone-emotion", WRITE, DESCRIBE);
    allow(SecuredKafka.BRIDGE, TOPIC, TOPICS.audioChunks(), WRITE, DESCRIBE);
  }

  @AfterAll
  void stop() {
    flink.close();
    secured.close();
    secretsInLogs.close();
  }

  @AfterEach
  void noSecretIsLogged() {
    assertThat(secretsInLogs.lines()).isPositive();
    assertThat(secretsInLogs.found()).isEmpty();
  }

  @Test
  void theJobRunsWithItsAclsAndFlinkShowsNoSecret() throws Exception {
    JobOptions options = options(secured.propertiesOf(SecuredKafka.JOB), "--delivery=exactly-once");
    try (Topics topics = Topics.of(options)) {
      topics.require(TOPICS.all());
    }
    RunningJob job = submit(options);

    try (CallReplayer replayer =
        CallReplayer.connect(
            address(), TOPICS.audioChunks(), secured.propertiesOf(SecuredKafka.BRIDGE))) {
      replayer.replay(
          DemoCalls.beginOf(DemoCalls.call("lost-parcel", "valid"), 20_000),
          ReplaySettings.startingAt(1_600_000_000_000L));

      assertThat(awaitEvents()).isPositive();
      assertThat(shownByFlink(job)).contains(EmotionJob.NAME).doesNotContain("-secret");
    } finally {
      job.cancel();
    }
  }

  @Test
  void aWrongPasswordIsRefusedBeforeTheJobStartsAndEndsARunningOne() throws Exception {
    JobOptions options = options(secured.propertiesOf(SecuredKafka.JOB, "wrong-secret"));

    try (Topics topics = Topics.of(options)) {
      assertThatThrownBy(() -> topics.require(TOPICS.all()))
          .isInstanceOf(TopicUnavailableException.class)
          .hasMessageContaining("invalid credentials")
          .hasMessageNotContaining("wrong-secret");
    }
    assertFailsAtOnce(options, "Kafka refuses the credentials, which no restart can mend");
  }

  @Test
  void aUserWithoutAclsEndsTheJobAtOnce() throws Exception {
    assertFailsAtOnce(
        options(secured.propertiesOf(SecuredKafka.BRIDGE)),
        "Kafka denies access, which no restart can mend");
  }

  private static List<String> outputs() {
    return List.of(
        TOPICS.events(), TOPICS.deadLetters(), TOPICS.late(), TOPICS.audit(), TOPICS.alerts());
  }

  private void assertFailsAtOnce(JobOptions options, String message) {
    RunningJob job = submit(options);

    assertThat(job.awaitEnd()).isFalse();
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.lastFailure())
        .hasValueSatisfying(
            failure -> assertThat(failure).contains(message).doesNotContain("-secret"));
  }

  private RunningJob submit(JobOptions options) {
    return flink.submit(EmotionJob.define(options, new FakeEmotionModelFactory()), EmotionJob.NAME);
  }

  private JobOptions options(Map<String, String> client, String... more)
      throws InvalidOptionException {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.add("--bootstrap-servers=" + address());
    arguments.add("--parallelism=1");
    arguments.add("--checkpoint-interval=1s");
    client.forEach((name, value) -> arguments.add("--kafka." + name + "=" + value));
    return JobOptions.parse(arguments.toArray(String[]::new));
  }

  private String address() {
    return secured.kafka().bootstrapServers();
  }

  private Map<String, String> admin() {
    return secured.propertiesOf(SecuredKafka.ADMINISTRATOR);
  }

  private void allow(String user, ResourceType type, String name, AclOperation... operations)
      throws Exception {
    Map<String, Object> config =
        new HashMap<>(ClientProperties.of(admin(), AdminClientConfig.configNames()));
    config.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address());
    ResourcePattern resource = new ResourcePattern(type, name, PatternType.PREFIXED);
    List<AclBinding> acls =
        Stream.of(operations)
            .map(
                operation ->
                    new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW))
            .map(entry -> new AclBinding(resource, entry))
            .toList();
    try (Admin client = Admin.create(config)) {
      client.createAcls(acls).all().get();
    }
  }

  /** The number of events in the topic, as soon as there are some. */
  private int awaitEvents() {
    Map<String, Object> config =
        new HashMap<>(ClientProperties.of(admin(), ConsumerConfig.configNames()));
    config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, address());
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    List<TopicPartition> partition = List.of(new TopicPartition(TOPICS.events(), 0));
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(partition);
      consumer.seekToBeginning(partition);
      return consumer.poll(Duration.ofMinutes(2)).count();
    }
  }

  /** What Flink's web interface shows of the cluster's configuration and of the job. */
  private String shownByFlink(RunningJob job) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    StringBuilder shown = new StringBuilder();
    for (String path :
        List.of(
            "/jobmanager/config",
            "/jobs/" + job.id(),
            "/jobs/" + job.id() + "/config",
            "/jobs/" + job.id() + "/plan",
            "/jobs/" + job.id() + "/exceptions")) {
      URI address = flink.webInterface().resolve(path);
      shown.append(
          client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body());
    }
    return shown.toString();
  }
}
