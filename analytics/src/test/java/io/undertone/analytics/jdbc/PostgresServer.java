package io.undertone.analytics.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A server of Debian's PostgreSQL with a database cluster of its own in a temporary folder. The
 * server refuses to run as root, so root runs it as the package's user postgres.
 */
public final class PostgresServer implements AutoCloseable {
  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
  private static final String USER = "undertone";
  private static final String PASSWORD = "a secret";

  private final Path folder;
  private final int port;

  private PostgresServer(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** Starts a server; its only user needs the password. */
  public static PostgresServer start() {
    try {
      PostgresServer server =
          new PostgresServer(Files.createTempDirectory("undertone-postgresql"), freePort());
      server.initialize();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start PostgreSQL", e);
    }
  }

  /** Creates a database; returns its URL for JDBC. */
  public String create(String database) throws SQLException {
    Properties properties = new Properties();
    properties.putAll(credentials());
    try (Connection connection = DriverManager.getConnection(url("postgres"), properties);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + database);
    }
    return url(database);
  }

  private String url(String database) {
    return "jdbc:postgresql://localhost:" + port + "/" + database;
  }

  /** User and password. */
  public Map<String, String> credentials() {
    return Map.of("user", USER, "password", PASSWORD);
  }

  @Override
  public void close() {
    run("pg_ctl", "stop", "--mode=immediate", "--pgdata=" + data());
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder, e);
    }
  }

  private void initialize() throws IOException {
    Path password = Files.writeString(folder.resolve("password"), PASSWORD);
    if (isRoot()) {
      execute(List.of("chown", "-R", "postgres", folder.toString()));
    }
    run(
        "initdb",
        "--pgdata=" + data(),
        "--username=" + USER,
        "--pwfile=" + password,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--no-sync");
    run(
        "pg_ctl",
        "start",
        "--wait",
        "--timeout=300",
        "--pgdata=" + data(),
        "--log=" + folder.resolve("log"),
        "--options=-p %d -c fsync=off -c listen_addresses=localhost -c unix_socket_directories=''"
            .formatted(port));
  }

  private Path data() {
    return folder.resolve("data");
  }

  private static void run(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(binaries().resolve(program).toString());
    command.addAll(List.of(arguments));
    execute(command);
  }

  private static void execute(List<String> command) {
    try {
      // pg_ctl's server keeps the output open.
      Path output = Files.createTempFile("undertone-postgresql", ".log");
      Process process =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      int status = process.waitFor();
      String said = Files.readString(output);
      Files.delete(output);
      if (status != 0) {
        throw new IllegalStateException(command + " ended with " + status + ": " + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in " + command, e);
    }
  }

  /** Those of the newest version that has a server: a client alone has a folder too. */
  private static Path binaries() {
    try (Stream<Path> versions = Files.list(INSTALLED)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.exists(bin.resolve("initdb")))
          .max(Comparator.comparing(bin -> Integer.parseInt(bin.getName(3).toString())))
          .orElseThrow(() -> new IllegalStateException("no server in " + INSTALLED));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + INSTALLED, e);
    }
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
