package io.undertone.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientPropertiesTest {
  private static final String JAAS = "a.LoginModule required password=\"secret\";";

  @Test
  void passesOnWhatTheClientKnows() {
    Map<String, String> all = Map.of("security.protocol", "SSL", "acks", "all", "group.id", "g");

    assertThat(ClientProperties.of(all, ProducerConfig.configNames()))
        .containsOnly(Map.entry("security.protocol", "SSL"), Map.entry("acks", "all"));
  }

  @Test
  void keepsGivenProviders() {
    Map<String, String> all =
        Map.of(
            "sasl.jaas.config", "${vault:a:b}",
            "config.providers", "vault",
            "config.providers.vault.class", "org.example.Vault");

    assertThat(ClientProperties.of(all, ProducerConfig.configNames())).isEqualTo(all);
  }

  @Test
  void everyClientReadsASecretFromItsFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("kafka.properties");
    Files.writeString(file, "jaas=" + JAAS + "\n");
    Map<String, String> all = Map.of("sasl.jaas.config", "${file:" + file + ":jaas}");

    assertThat(
            new AdminClientConfig(resolving(all, AdminClientConfig.configNames()))
                .getPassword("sasl.jaas.config"))
        .isEqualTo(new Password(JAAS));
    assertThat(
            new ConsumerConfig(resolving(all, ConsumerConfig.configNames()))
                .getPassword("sasl.jaas.config"))
        .isEqualTo(new Password(JAAS));
    assertThat(
            new ProducerConfig(resolving(all, ProducerConfig.configNames()))
                .getPassword("sasl.jaas.config"))
        .isEqualTo(new Password(JAAS));
  }

  private static Map<String, Object> resolving(Map<String, String> all, Set<String> known) {
    Map<String, Object> properties = new HashMap<>(ClientProperties.of(all, known));
    properties.put("bootstrap.servers", "localhost:1");
    properties.put("key.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer");
    properties.put("value.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer");
    String deserializer = "org.apache.kafka.common.serialization.ByteArrayDeserializer";
    properties.put("key.deserializer", deserializer);
    properties.put("value.deserializer", deserializer);
    return properties;
  }
}
