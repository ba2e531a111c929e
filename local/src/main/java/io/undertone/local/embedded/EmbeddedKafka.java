package io.undertone.local.embedded;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * A Kafka broker in this JVM that is its own controller (KRaft). It listens on a free port of the
 * loopback interface and stores its data in a temporary folder until it is closed.
 */
public final class EmbeddedKafka implements AutoCloseable {
  /** Of clients, of the controller, and of the broker's own connections if clients have TLS. */
  private static final int PORTS = 3;

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
    return start(ports -> Map.of(), List.of());
  }

  /** Starts a broker that authenticates and authorizes its clients. */
  public static EmbeddedKafka start(BrokerSecurity security) {
    return start(security::properties, security.credentials());
  }

  private static EmbeddedKafka start(
      Function<List<Integer>, Map<String, String>> listeners, List<String> credentials) {
    TemporaryDirectory data = TemporaryDirectory.create("undertone-kafka-");
    try {
      List<Integer> ports = FreePorts.pick(PORTS);
      SingleBroker broker = new SingleBroker(ports.get(0), ports.get(1), data.path());
      Properties properties = broker.properties();
      properties.putAll(listeners.apply(ports));
      KafkaConfig config = KafkaConfig.fromProps(properties, false);
      broker.format(credentials);
      KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
      server.startup();
      return new EmbeddedKafka(data, server, broker.bootstrapServers());
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
}
