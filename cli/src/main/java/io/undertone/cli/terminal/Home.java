package io.undertone.cli.terminal;

import java.nio.file.Path;

/** The checkout of Undertone. The start script sets it. */
public final class Home {
  /** System property with the folder; the working directory if unset. */
  public static final String PROPERTY = "undertone.home";

  private Home() {}

  /** The default model. */
  public static Path defaultModel() {
    return resolve("models/undertone-small");
  }

  /** The pretrained encoder that models are trained on. */
  public static Path defaultEncoder() {
    return resolve("models/whisper-base-encoder");
  }

  /** The calls that the demo plays. */
  public static Path bundledCalls() {
    return resolve("demo/calls");
  }

  private static Path resolve(String path) {
    return Path.of(System.getProperty(PROPERTY, "")).resolve(path);
  }
}
