package io.undertone.local.cluster;

import io.undertone.local.distribution.Distribution;
import io.undertone.local.embedded.SingleBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.util.FileUtils;

/**
 * The files of a cluster.
 *
 * @param root the folder of all of them
 */
record ClusterFiles(Path root) {

  static ClusterFiles in(Path root) {
    ClusterFiles files = new ClusterFiles(root.toAbsolutePath().normalize());
    files.folder("logs");
    return files;
  }

  /** A folder, which is made if it does not exist. */
  Path folder(String name) {
    try {
      return Files.createDirectories(root.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create a folder of the cluster in " + root, e);
    }
  }

  Path log(String process) {
    return root.resolve("logs").resolve(process + ".log");
  }

  /** The temporary files of a process. */
  Path scratch(String process) {
    return root.resolve("scratch").resolve(process);
  }

  /** Flink's distribution with the deployment's additions, assembled anew. */
  Distribution distribution() {
    Path folder = root.resolve("flink");
    FileUtils.deleteDirectoryQuietly(folder.toFile());
    try {
      return Distribution.assemble(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot assemble Flink's distribution in " + folder, e);
    }
  }

  /** Writes Flink's {@code config.yaml} into a folder of its own, and returns the folder. */
  Path writeFlinkConfiguration(String process, Map<String, String> settings) {
    Path folder = folder(process);
    String yaml =
        new TreeMap<>(settings)
            .entrySet().stream()
                .map(setting -> "%s: \"%s\"%n".formatted(setting.getKey(), setting.getValue()))
                .collect(Collectors.joining());
    write(folder.resolve("config.yaml"), yaml);
    return folder;
  }

  Path writeBrokerConfiguration(SingleBroker broker) {
    Path file = root.resolve("server.properties");
    Properties properties = broker.properties();
    // A killed broker may not register again before its session has ended.
    properties.setProperty("broker.session.timeout.ms", "6000");
    // Transactions may have to outlive a long absence.
    properties.setProperty("transaction.max.timeout.ms", "7200000");
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
    return file;
  }

  Path writeZooKeeperConfiguration(int port) {
    Path file = root.resolve("zoo.cfg");
    write(
        file,
        """
        dataDir=%s
        clientPortAddress=127.0.0.1
        clientPort=%d
        tickTime=1000
        maxClientCnxns=0
        """
            .formatted(folder("zookeeper"), port));
    return file;
  }

  /** The log configuration of every process: to its standard output. */
  Path writeLogConfiguration() {
    Path file = root.resolve("log4j2.properties");
    write(
        file,
        """
        appender.console.type = Console
        appender.console.name = console
        appender.console.layout.type = PatternLayout
        appender.console.layout.pattern = %d{HH:mm:ss.SSS} %-5p %c{1} - %m%n
        rootLogger.level = INFO
        rootLogger.appenderRef.console.ref = console
        """);
    return file;
  }

  private static void write(Path file, String content) {
    try {
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
