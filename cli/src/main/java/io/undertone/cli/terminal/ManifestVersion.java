package io.undertone.cli.terminal;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version from the jar's manifest. */
public final class ManifestVersion implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = ManifestVersion.class.getPackage().getImplementationVersion();
    return new String[] {
      "undertone " + Objects.requireNonNullElse(version, "(development)"),
      "Java " + System.getProperty("java.version")
    };
  }
}
