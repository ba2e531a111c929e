package io.undertone.local.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.local.cluster.ClusterException;
import io.undertone.local.cluster.FlinkClient;
import io.undertone.local.cluster.JavaProcess;
import io.undertone.local.embedded.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Flink's processes as a user starts them: from an assembled distribution, by its script. */
final class StandaloneCluster implements AutoCloseable {
  private final Path folder;
  private final Distribution distribution;
  private final List<JavaProcess> processes = new ArrayList<>();
  private final FlinkClient client;

  private StandaloneCluster(Path folder, Distribution distribution, FlinkClient client) {
    this.folder = folder;
    this.distribution = distribution;
    this.client = client;
  }

  /** Starts a session cluster; returns when all TaskManagers have registered. */
  static StandaloneCluster session(Path folder, int taskManagers)
      throws IOException, ClusterException, InterruptedException {
    return start(folder, taskManagers, "jobmanager", List.of());
  }

  /** Starts a JobManager that runs the emotion job with these options. */
  static StandaloneCluster application(Path folder, int taskManagers, List<String> options)
      throws IOException, ClusterException, InterruptedException {
    return start(folder, taskManagers, "application", options);
  }

  private static StandaloneCluster start(
      Path folder, int taskManagers, String mode, List<String> options)
      throws IOException, ClusterException, InterruptedException {
    Distribution distribution = Distribution.assemble(folder.resolve("flink"));
    List<Integer> ports = FreePorts.pick(2);
    int restPort = ports.get(1);
    FlinkClient client =
        new FlinkClient(URI.create("http://localhost:" + restPort), distribution.jobJar());
    StandaloneCluster cluster = new StandaloneCluster(folder, distribution, client);
    String rpc = "-Djobmanager.rpc.port=" + ports.get(0);
    try {
      cluster.startProcess(
          "jobmanager",
          mode,
          List.of(
              rpc,
              "-Drest.port=" + restPort,
              "-Drest.bind-port=" + restPort,
              // A busy machine is not a dead one.
              "-Dpekko.ask.timeout=2min",
              "-Dweb.timeout=2min",
              // Both TaskManagers shall work.
              "-Dtaskmanager.load-balance.mode=SLOTS"),
          options);
      for (int i = 1; i <= taskManagers; i++) {
        cluster.startProcess(
            "taskmanager-" + i,
            "taskmanager",
            List.of(rpc, "-Dtaskmanager.memory.process.size=2g"),
            List.of());
      }
      cluster.client.awaitTaskManagers(taskManagers, cluster.processes);
      return cluster;
    } catch (ClusterException | InterruptedException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** Host and port of the REST interface. */
  String address() {
    return client.webInterface().getAuthority();
  }

  FlinkClient client() {
    return client;
  }

  JavaProcess jobManager() {
    return processes.get(0);
  }

  List<JavaProcess> taskManagers() {
    return processes.subList(1, processes.size());
  }

  /** All processes. */
  List<JavaProcess> processes() {
    return List.copyOf(processes);
  }

  Distribution distribution() {
    return distribution;
  }

  /** Runs Flink's client, and returns what it printed. */
  String runClient(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(distribution.script().toString()));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @Override
  public void close() {
    processes.forEach(JavaProcess::close);
  }

  private void startProcess(String name, String kind, List<String> settings, List<String> options) {
    List<String> program = new ArrayList<>(List.of(distribution.script().toString(), kind));
    program.addAll(settings);
    program.addAll(options);
    JavaProcess process =
        JavaProcess.define(
            name,
            program,
            Map.of(
                "JVM_ARGS",
                "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData",
                "LOG_FORMAT",
                "json"),
            folder.resolve(name + ".log"),
            folder.resolve(name));
    processes.add(process);
    process.start();
  }
}
