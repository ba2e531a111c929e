package io.undertone.training;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Progress that kills its run: it throws once a text has been written. */
public final class KilledAt extends ByteArrayOutputStream {
  private final String text;

  private KilledAt(String text) {
    this.text = text;
  }

  /** A log that throws an IllegalStateException, "killed", at a text. */
  public static ProgressLog log(String text) {
    return new ProgressLog(new PrintStream(new KilledAt(text), true, StandardCharsets.UTF_8));
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    super.write(bytes, offset, length);
    if (toString(StandardCharsets.UTF_8).contains(text)) {
      throw new IllegalStateException("killed");
    }
  }
}
