package io.undertone.jobs.kafka;

import io.undertone.schemas.registry.RegistryLogin;
import io.undertone.schemas.registry.SchemaRegistry;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Schema registries, whose credentials are among the properties of Kafka's clients. */
public final class Registries {

  private Registries() {}

  /**
   * A registry; null without a URL.
   *
   * @param url null or empty for none
   * @param clientProperties as users give them: references to secrets are resolved here
   * @throws IllegalArgumentException if URL or credentials cannot be used
   */
  public static @Nullable SchemaRegistry at(
      @Nullable String url, Map<String, String> clientProperties) {
    return url == null || url.isEmpty() ? null : new SchemaRegistry(url, login(clientProperties));
  }

  /**
   * The credentials among properties; null if there are none.
   *
   * @throws IllegalArgumentException if they cannot be used
   */
  public static @Nullable RegistryLogin login(Map<String, String> clientProperties) {
    Map<String, String> resolved = new HashMap<>();
    try {
      new AbstractConfig(
              new ConfigDef(), ClientProperties.of(clientProperties, RegistryLogin.PROPERTIES))
          .originals()
          .forEach((name, value) -> resolved.put(name, String.valueOf(value)));
    } catch (ConfigException e) {
      throw new IllegalArgumentException(
          "the credentials of the schema registry cannot be read: " + e.getMessage(), e);
    }
    return RegistryLogin.of(resolved);
  }
}
