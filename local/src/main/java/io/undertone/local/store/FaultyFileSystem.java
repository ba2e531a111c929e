package io.undertone.local.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;

/** The local file system, whose new files are written as a {@link StoreFault} says. */
final class FaultyFileSystem extends LocalFileSystem {
  static final String SCHEME = "faulty";

  private static final URI ROOT = URI.create(SCHEME + ":///");
  private static final long POLL_MS = 50;

  @Override
  public URI getUri() {
    return ROOT;
  }

  @Override
  public FSDataOutputStream create(Path path, WriteMode mode) throws IOException {
    java.nio.file.Path file = pathToFile(path).toPath();
    awaitSlowStore(file);
    return new FaultyStream(super.create(path, mode), StoreFault.of(file).mostBytes());
  }

  /** Waits no longer than the store is slow. */
  private static void awaitSlowStore(java.nio.file.Path file) throws IOException {
    long startNanos = System.nanoTime();
    while (Duration.ofNanos(System.nanoTime() - startNanos).toMillis()
        < StoreFault.of(file).delayMs()) {
      try {
        Thread.sleep(POLL_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while the store was slow");
      }
    }
  }
}
