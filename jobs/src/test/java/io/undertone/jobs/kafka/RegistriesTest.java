package io.undertone.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.jobs.options.InvalidOptionException;
import io.undertone.jobs.options.JobOptions;
import io.undertone.schemas.registry.RegistryLogin;
import io.undertone.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistriesTest {
  private static final String URL = "https://registry.example";

  @Test
  void credentialsAreReadFromTheFileThatAPropertyRefersTo(@TempDir Path folder)
      throws IOException, InvalidOptionException {
    Path file = Files.writeString(folder.resolve("secrets"), "registry=anna:pass word\n");
    JobOptions options =
        JobOptions.parse(
            "--schema-registry",
            URL,
            "--kafka.basic.auth.user.info",
            "${file:" + file + ":registry}");

    assertThat(Registries.login(options.kafkaClientProperties()))
        .isEqualTo(new RegistryLogin(RegistryLogin.USER_INFO, "anna:pass word"));
  }

  @Test
  void aRegistryHasTheCredentials() {
    assertThat(Registries.at(URL, Map.of("bearer.auth.token", "t")))
        .extracting(SchemaRegistry::login)
        .isEqualTo(new RegistryLogin(RegistryLogin.TOKEN, "t"));
  }

  @Test
  void theTokenMayBeInTheFileItself() {
    Map<String, String> properties = Map.of("bearer.auth.token", "t", "acks", "all");

    assertThat(Registries.login(properties)).isEqualTo(new RegistryLogin(RegistryLogin.TOKEN, "t"));
  }

  @Test
  void aReferenceThatLeadsNowhereIsNamed() {
    Map<String, String> properties = Map.of("bearer.auth.token", "${file:/nowhere:token}");

    assertThatThrownBy(() -> Registries.at(URL, properties))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("/nowhere");
  }

  @Test
  void withoutAUrlThereIsNoRegistry() {
    assertThat(Registries.at("", Map.of())).isNull();
    assertThat(Registries.at(null, Map.of())).isNull();
  }
}
