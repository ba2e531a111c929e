package io.undertone.cli.terminal;

import io.undertone.schemas.registry.SchemaRegistry;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Option of commands that read what a job wrote with {@code --schema-registry}. */
public final class RegistryOption {
  private static final String NAME = "--schema-registry";

  @Option(
      names = NAME,
      paramLabel = "URL",
      description =
          "Registry of the topics' schemas, with Confluent's API, if the job was started with one.")
  private @Nullable String url;

  /**
   * The registry; null without the option.
   *
   * @throws UserErrorException if the option is no URL
   */
  public @Nullable SchemaRegistry registry() throws UserErrorException {
    try {
      return url == null ? null : new SchemaRegistry(url);
    } catch (IllegalArgumentException e) {
      throw new UserErrorException(NAME + ": " + e.getMessage(), e);
    }
  }

  /**
   * Its URL; null without the option.
   *
   * @throws UserErrorException if the option is no URL
   */
  public @Nullable String url() throws UserErrorException {
    return registry() == null ? null : url;
  }
}
