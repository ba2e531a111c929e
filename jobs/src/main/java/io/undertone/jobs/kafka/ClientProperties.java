package io.undertone.jobs.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/**
 * The properties of one of Kafka's clients. Where a value refers to a secret, such as {@code
 * ${file:/etc/undertone/kafka.properties:password}}, the client itself reads the secret when it is
 * created, so that neither a command line nor the job contains it.
 */
public final class ClientProperties {
  private static final String PROVIDERS = AbstractConfig.CONFIG_PROVIDERS_CONFIG;

  /** What references may name if no providers are given. */
  private static final Map<String, String> DEFAULT_PROVIDERS =
      Map.of(
          PROVIDERS,
          "file,directory,env",
          PROVIDERS + ".file.class",
          FileConfigProvider.class.getName(),
          PROVIDERS + ".directory.class",
          DirectoryConfigProvider.class.getName(),
          PROVIDERS + ".env.class",
          EnvVarConfigProvider.class.getName());

  private ClientProperties() {}

  /**
   * Those properties that a client knows, and how it resolves references in their values.
   *
   * @param properties of all of Kafka's clients
   * @param known names that this client knows
   */
  public static Map<String, String> of(Map<String, String> properties, Set<String> known) {
    Map<String, String> own =
        properties.entrySet().stream()
            .filter(entry -> known.contains(entry.getKey()) || isOfProviders(entry.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    boolean refers = own.values().stream().anyMatch(value -> value.contains("${"));
    if (!refers || own.containsKey(PROVIDERS)) {
      return own;
    }
    Map<String, String> resolving = new HashMap<>(DEFAULT_PROVIDERS);
    resolving.putAll(own);
    return resolving;
  }

  private static boolean isOfProviders(String name) {
    return name.equals(PROVIDERS) || name.startsWith(PROVIDERS + ".");
  }
}
