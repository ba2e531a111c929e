package io.undertone.cli.terminal;

import io.undertone.jobs.kafka.Registries;
import io.undertone.schemas.registry.SchemaRegistry;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Option of commands that read what a job wrote with {@code --schema-registry}. */
public final class RegistryOption {
  private static final String NAME = "--schema-registry";

  @Option(
      names = NAME,
      paramLabel = "URL",
      description =
          "Registry of the topics' schemas, with Confluent's API, if the job was started with one."
              + " Its credentials, if it needs any, are basic.auth.user.info or bearer.auth.token"
              + " among the client's properties.")
  private @Nullable String url;

  /**
   * The registry; null without the option.
   *
   * @param clientProperties its credentials are among them
   * @throws UserErrorException if the option is no URL, or the credentials cannot be used
   */
  public @Nullable SchemaRegistry registry(Map<String, String> clientProperties)
      throws UserErrorException {
    try {
      return Registries.at(url, clientProperties);
    } catch (IllegalArgumentException e) {
      throw new UserErrorException(NAME + ": " + e.getMessage(), e);
    }
  }
}
