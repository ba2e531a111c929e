package io.undertone.cli.terminal;

import java.nio.file.Path;

/** The folder that Undertone was checked out to. The start script names it. */
public final class Home {
  /** System property with the folder; the working directory if unset. */
  public static final String PROPERTY = "undertone.home";

  private Home() {}

  /** The model that commands use unless told otherwise. */
  public static Path defaultModel() {
    return resolve("models/undertone-small");
  }

  /** The calls that the demo plays. */
  public static Path bundledCalls() {
    return resolve("demo/calls");
  }

  private static Path resolve(String path) {
    return Path.of(System.getProperty(PROPERTY, "")).resolve(path);
  }
}
