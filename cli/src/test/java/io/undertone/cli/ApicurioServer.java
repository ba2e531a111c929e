package io.undertone.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Apicurio's schema registry in a process of its own, which keeps schemas in memory. The build has
 * unpacked it.
 */
final class ApicurioServer implements AutoCloseable {
  private static final Path FOLDER = Path.of("target/apicurio-registry").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final int port;

  private ApicurioServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Returns when it answers. */
  static ApicurioServer start() {
    try (ServerSocket socket = new ServerSocket(0);
        Stream<Path> files = Files.list(FOLDER)) {
      int port = socket.getLocalPort();
      Path runner =
          files.filter(file -> file.toString().endsWith("-runner.jar")).findFirst().orElseThrow();
      socket.close();
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-Dquarkus.http.host=localhost",
                  "-Dquarkus.http.port=" + port,
                  "-jar",
                  runner.toString())
              .redirectErrorStream(true)
              .redirectOutput(FOLDER.resolve("server.log").toFile())
              .start();
      ApicurioServer server = new ApicurioServer(process, port);
      server.await();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start Apicurio's registry", e);
    }
  }

  /** Of the API that is Confluent's too. */
  String url() {
    return "http://localhost:" + port + "/apis/ccompat/v7";
  }

  /** The answer to a request to the API. */
  String get(String path) throws IOException {
    try {
      return client
          .send(HttpRequest.newBuilder(URI.create(url() + path)).build(), BodyHandlers.ofString())
          .body();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }

  private void await() throws IOException {
    long begin = System.nanoTime();
    while (true) {
      try {
        get("/subjects");
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() - begin > PATIENCE.toNanos()) {
          close();
          throw e;
        }
      }
    }
  }
}
