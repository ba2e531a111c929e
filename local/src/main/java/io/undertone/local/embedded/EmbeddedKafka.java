package io.undertone.local.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A Kafka broker in this JVM that is its own controller (KRaft). It listens on a free port of the
 * loopback interface and stores its data in a temporary folder until it is closed.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final int NODE_ID = 1;

  private final TemporaryDirectory data;
  private final KafkaRaftServer server;
  private final String bootstrapServers;

  private EmbeddedKafka(TemporaryDirectory data, KafkaRaftServer server, String bootstrapServers) {
    this.data = data;
    this.server = server;
    this.bootstrapServers = bootstrapServers;
  }

  /** Starts a broker; it accepts records when this method returns. */
  public static EmbeddedKafka start() {
    TemporaryDirectory data = TemporaryDirectory.create("undertone-kafka-");
    try {
      List<Integer> ports = twoFreePorts();
      String broker = "localhost:" + ports.get(0);
      KafkaConfig config = KafkaConfig.fromProps(config(broker, ports.get(1), data.path()), false);
      format(data.path());
      KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
      server.startup();
      return new EmbeddedKafka(data, server, broker);
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
  }

  /** Host and port, as the property {@code bootstrap.servers} of clients. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Stops the broker and deletes its data. */
  @Override
  public void close() {
    try {
      server.shutdown();
      server.awaitShutdown();
    } finally {
      data.close();
    }
  }

  private static Properties config(String broker, int controllerPort, Path data) {
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "process.roles", "broker,controller",
            "node.id", String.valueOf(NODE_ID),
            "listeners", "PLAINTEXT://" + broker + ",CONTROLLER://localhost:" + controllerPort,
            "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "controller.listener.names", "CONTROLLER",
            "controller.quorum.voters", NODE_ID + "@localhost:" + controllerPort,
            "log.dirs", data.toString(),
            // Producers may send old timestamps: keep their records all the same.
            "log.retention.ms", "-1",
            "auto.create.topics.enable", "false",
            "group.initial.rebalance.delay.ms", "0"));
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

  private static void format(Path data) {
    try {
      new Formatter()
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setNodeId(NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .setDirectories(List.of(data.toString()))
          .setMetadataLogDirectory(data.toString())
          .setControllerListenerName("CONTROLLER")
          .run();
    } catch (Exception e) { // as declared by run()
      throw new IllegalStateException("cannot format Kafka's folder " + data, e);
    }
  }

  private static List<Integer> twoFreePorts() {
    try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket second = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return List.of(first.getLocalPort(), second.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException("no free port for Kafka", e);
    }
  }
}
