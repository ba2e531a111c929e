package io.undertone.cli.export;

import io.undertone.cli.terminal.ClientPropertiesFile;
import io.undertone.cli.terminal.UserErrorException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which database rows go to, and who writes them. */
final class DatabaseOptions {
  private static final String POSTGRESQL = "jdbc:postgresql:";

  /** Others see the command line. */
  private static final Pattern PASSWORD = Pattern.compile("(?i)[?&](ssl)?password=");

  @Option(
      names = "--jdbc",
      required = true,
      paramLabel = "URL",
      description = "Database of PostgreSQL, such as jdbc:postgresql://localhost/calls.")
  private String url = "";

  @Option(
      names = "--jdbc-properties",
      paramLabel = "FILE",
      description =
          "Properties of the driver, such as user and password. Without a password there, the"
              + " driver looks into ~/.pgpass.")
  private @Nullable Path properties;

  String url() throws UserErrorException {
    if (PASSWORD.matcher(url).find()) {
      throw new UserErrorException(
          "--jdbc must be a URL without a password, which belongs into the file of"
              + " --jdbc-properties");
    }
    if (!url.startsWith(POSTGRESQL)) {
      throw new UserErrorException("--jdbc must begin with " + POSTGRESQL + ", but is " + url);
    }
    return url;
  }

  Map<String, String> properties() throws UserErrorException {
    return ClientPropertiesFile.read("--jdbc-properties", properties);
  }
}
