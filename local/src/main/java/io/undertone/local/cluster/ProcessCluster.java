package io.undertone.local.cluster;

import io.undertone.local.distribution.ClassPath;
import io.undertone.local.distribution.Distribution;
import io.undertone.local.embedded.FreePorts;
import io.undertone.local.embedded.SingleBroker;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A cluster of separate JVMs on this machine: ZooKeeper, a Kafka broker, a JobManager with high
 * availability, TaskManagers. All listen on the loopback interface only, on free ports, and end
 * with this JVM at the latest.
 */
public final class ProcessCluster implements AutoCloseable {
  private static final List<String> SMALL_JVM =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");

  private static final List<String> OPENED_TO_FLINK =
      List.of(
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.time=ALL-UNNAMED");

  /** Flink's own bounds, but for a smaller heap: classes that a job's restarts leave must fit. */
  private static final List<String> FLINK_MEMORY = List.of("-Xmx512m", "-XX:MaxMetaspaceSize=256m");

  private static final List<String> MODEL =
      List.of(
          "-Dai.djl.offline=true",
          "-Dai.djl.pytorch.num_threads=1",
          "-Dai.djl.pytorch.num_interop_threads=1");

  private final ClusterFiles files;
  private final SingleBroker brokerAddress;
  private final JavaProcess zooKeeper;
  private final JavaProcess broker;
  private final JavaProcess jobManager;
  private final List<JavaProcess> taskManagers = new ArrayList<>();
  private final FlinkClient client;

  private ProcessCluster(ClusterFiles files, int taskManagerCount, int slots) {
    this.files = files;
    List<Integer> ports = FreePorts.pick(4);
    int zooKeeperPort = ports.get(0);
    int webPort = ports.get(1);
    Distribution flink = files.distribution();
    this.brokerAddress = new SingleBroker(ports.get(2), ports.get(3), files.folder("kafka"));
    this.zooKeeper =
        process(
            "zookeeper",
            flink.classPath(),
            List.of("-Xmx128m", "-Dzookeeper.admin.enableServer=false"),
            List.of(
                "org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.ZooKeeperServerMain",
                files.writeZooKeeperConfiguration(zooKeeperPort).toString()));
    this.broker =
        process(
            "kafka",
            ClassPath.ofThisJvm().text(),
            List.of("-Xmx384m"),
            List.of("kafka.Kafka", files.writeBrokerConfiguration(brokerAddress).toString()));
    this.jobManager =
        flinkProcess(
            "jobmanager",
            flink,
            List.of(),
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
            FlinkSettings.jobManager(files, zooKeeperPort, "jobmanager", webPort));
    for (int i = 1; i <= taskManagerCount; i++) {
      String name = "taskmanager-" + i;
      taskManagers.add(
          flinkProcess(
              name,
              flink,
              MODEL,
              "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
              FlinkSettings.taskManager(files, zooKeeperPort, name, slots)));
    }
    this.client = new FlinkClient(URI.create("http://127.0.0.1:" + webPort), flink.jobJar());
  }

  /**
   * Starts all processes, and waits until the broker and all TaskManagers are ready.
   *
   * @param folder for all files of the cluster: configuration, logs, data; it stays when the
   *     cluster closes
   * @param taskManagers their number
   * @param slots of each TaskManager
   * @throws ClusterException if a process ends, or is not ready within minutes
   */
  public static ProcessCluster start(Path folder, int taskManagers, int slots)
      throws ClusterException, InterruptedException {
    ProcessCluster cluster = new ProcessCluster(ClusterFiles.in(folder), taskManagers, slots);
    try {
      cluster.brokerAddress.format();
      cluster.all().forEach(JavaProcess::start);
      cluster.client.awaitTaskManagers(taskManagers, cluster.all());
      return cluster;
    } catch (ClusterException | InterruptedException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** Host and port of the broker, as the property {@code bootstrap.servers} of clients. */
  public String bootstrapServers() {
    return brokerAddress.bootstrapServers();
  }

  /** Submits jobs, and asks for their state. */
  public FlinkClient client() {
    return client;
  }

  public JavaProcess zooKeeper() {
    return zooKeeper;
  }

  public JavaProcess broker() {
    return broker;
  }

  public JavaProcess jobManager() {
    return jobManager;
  }

  public List<JavaProcess> taskManagers() {
    return List.copyOf(taskManagers);
  }

  /** All processes, in the order of their start. */
  public List<JavaProcess> all() {
    List<JavaProcess> all = new ArrayList<>(List.of(zooKeeper, broker, jobManager));
    all.addAll(taskManagers);
    return all;
  }

  /**
   * Starts those processes again that have ended, as the supervisor of a deployment does; returns
   * them.
   */
  public List<JavaProcess> restartEnded() {
    List<JavaProcess> ended = all().stream().filter(process -> !process.isAlive()).toList();
    ended.forEach(JavaProcess::start);
    return ended;
  }

  /** Kills all processes. */
  @Override
  public void close() {
    all().forEach(JavaProcess::close);
  }

  private JavaProcess flinkProcess(
      String name,
      Distribution flink,
      List<String> options,
      String mainClass,
      Map<String, String> settings) {
    Path configuration = files.writeFlinkConfiguration(name, settings);
    // As a deployment adds the file system of S3, with that of the store of checkpoints.
    String classPath = flink.classPath() + File.pathSeparator + ClassPath.ofThisModule().text();
    return process(
        name,
        classPath,
        Stream.of(OPENED_TO_FLINK, FLINK_MEMORY, options).flatMap(List::stream).toList(),
        List.of(mainClass, "--configDir", configuration.toString()));
  }

  private JavaProcess process(
      String name, String classPath, List<String> options, List<String> program) {
    List<String> arguments = new ArrayList<>(SMALL_JVM);
    arguments.addAll(options);
    arguments.add("-Dlog4j2.configurationFile=" + files.writeLogConfiguration());
    arguments.addAll(List.of("-cp", classPath));
    arguments.addAll(program);
    return JavaProcess.define(name, arguments, files.log(name), files.scratch(name));
  }
}
