package io.undertone.local.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A Kafka broker that is its own controller (KRaft), on the loopback interface.
 *
 * @param port of the broker
 * @param controllerPort of the controller
 * @param data folder of its data
 */
public record SingleBroker(int port, int controllerPort, Path data) {
  private static final int NODE_ID = 1;
  private static final String CONTROLLER = "CONTROLLER";

  /** Host and port, as the property {@code bootstrap.servers} of clients. */
  public String bootstrapServers() {
    return "localhost:" + port;
  }

  /** Prepares the folder, which must exist; once, before the first start. */
  public void format() {
    format(List.of());
  }

  /**
   * Prepares the folder as {@link #format()} does.
   *
   * @param credentials users, as {@link Formatter#setScramArguments} takes them
   */
  void format(List<String> credentials) {
    try {
      new Formatter()
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setNodeId(NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .setDirectories(List.of(data.toString()))
          .setMetadataLogDirectory(data.toString())
          .setControllerListenerName(CONTROLLER)
          .setScramArguments(credentials)
          .run();
    } catch (Exception e) { // as declared by run()
      throw new IllegalStateException("cannot format Kafka's folder " + data, e);
    }
  }

  /** The content of {@code server.properties}. */
  public Properties properties() {
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "process.roles",
            "broker,controller",
            "node.id",
            String.valueOf(NODE_ID),
            "listeners",
            "PLAINTEXT://%s,%s://localhost:%d"
                .formatted(bootstrapServers(), CONTROLLER, controllerPort),
            "listener.security.protocol.map",
            "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "controller.listener.names",
            CONTROLLER,
            "controller.quorum.voters",
            NODE_ID + "@localhost:" + controllerPort,
            "log.dirs",
            data.toString(),
            // Producers may send old timestamps: keep their records all the same.
            "log.retention.ms",
            "-1",
            "auto.create.topics.enable",
            "false",
            "group.initial.rebalance.delay.ms",
            "0"));
    // A single broker cannot replicate internal topics.
    properties.putAll(
        Map.of(
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "1",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.num.partitions", "1",
            "transaction.state.log.min.isr", "1"));
    // Start fast and stay small: few threads, no log cleaner (its buffer takes 128 MiB), short
    // heartbeat intervals. Long timeouts tolerate a busy machine.
    properties.putAll(
        Map.of(
            "num.network.threads", "1",
            "num.io.threads", "2",
            "background.threads", "2",
            "log.cleaner.enable", "false",
            "broker.heartbeat.interval.ms", "500",
            "broker.session.timeout.ms", "60000",
            "metadata.max.idle.interval.ms", "10000",
            "controlled.shutdown.enable", "false",
            "server.max.startup.time.ms", "60000"));
    return properties;
  }
}
