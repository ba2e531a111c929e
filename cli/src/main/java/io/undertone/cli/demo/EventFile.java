package io.undertone.cli.demo;

import io.undertone.cli.terminal.IoMessages;
import io.undertone.cli.terminal.JsonLines;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.schemas.EmotionEvent;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Writes events as JSON lines; each is in the file when {@link #write} returns. */
final class EventFile implements AutoCloseable {
  private final Writer writer;

  private EventFile(Writer writer) {
    this.writer = writer;
  }

  /** Creates or truncates a file; without a name nothing is written. */
  static EventFile at(@Nullable Path file) throws UserErrorException {
    try {
      return new EventFile(file == null ? Writer.nullWriter() : Files.newBufferedWriter(file));
    } catch (IOException e) {
      throw new UserErrorException("--events cannot be written: " + IoMessages.of(e), e);
    }
  }

  void write(EmotionEvent event) throws IOException {
    writer.write(JsonLines.of(event) + "\n");
    writer.flush();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
