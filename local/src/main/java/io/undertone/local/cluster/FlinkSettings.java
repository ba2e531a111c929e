package io.undertone.local.cluster;

import io.undertone.local.distribution.Distribution;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What a cluster's JobManager and TaskManagers are configured with: all addresses on the loopback
 * interface, high availability by ZooKeeper, the deployment's class loading. Heartbeats and
 * sessions are short, so that a dead process is replaced within seconds, and long enough for a busy
 * machine.
 */
final class FlinkSettings {
  private static final String LOOPBACK = "127.0.0.1";

  private FlinkSettings() {}

  static Map<String, String> jobManager(
      ClusterFiles files, int zooKeeperPort, String name, int webPort) {
    Map<String, String> settings = common(files, zooKeeperPort, name);
    settings.put("jobmanager.rpc.address", LOOPBACK);
    settings.put("jobmanager.bind-host", LOOPBACK);
    settings.put("jobmanager.memory.process.size", "1g");
    settings.put("rest.address", LOOPBACK);
    settings.put("rest.bind-address", LOOPBACK);
    settings.put("rest.port", String.valueOf(webPort));
    settings.put("rest.bind-port", String.valueOf(webPort));
    settings.put("web.tmpdir", files.scratch(name).toString());
    // Both TaskManagers shall work, so that each of them can fail.
    settings.put("taskmanager.load-balance.mode", "SLOTS");
    return settings;
  }

  static Map<String, String> taskManager(
      ClusterFiles files, int zooKeeperPort, String name, int slots) {
    Map<String, String> settings = common(files, zooKeeperPort, name);
    settings.put("taskmanager.host", LOOPBACK);
    settings.put("taskmanager.bind-host", LOOPBACK);
    settings.put("taskmanager.resource-id", name);
    settings.put("taskmanager.numberOfTaskSlots", String.valueOf(slots));
    settings.put("taskmanager.cpu.cores", "1");
    settings.put("taskmanager.memory.framework.heap.size", "128m");
    settings.put("taskmanager.memory.framework.off-heap.size", "128m");
    settings.put("taskmanager.memory.task.heap.size", "384m");
    settings.put("taskmanager.memory.task.off-heap.size", "0");
    settings.put("taskmanager.memory.network.min", "32m");
    settings.put("taskmanager.memory.network.max", "32m");
    settings.put("taskmanager.memory.managed.size", "0");
    settings.put("taskmanager.memory.jvm-metaspace.size", "256m");
    settings.put("taskmanager.memory.jvm-overhead.min", "192m");
    settings.put("taskmanager.memory.jvm-overhead.max", "192m");
    return settings;
  }

  private static Map<String, String> common(ClusterFiles files, int zooKeeperPort, String name) {
    Map<String, String> settings = new HashMap<>();
    settings.put("high-availability.type", "zookeeper");
    settings.put("high-availability.zookeeper.quorum", LOOPBACK + ":" + zooKeeperPort);
    settings.put("high-availability.storageDir", uri(files.folder("high-availability")));
    settings.put("high-availability.cluster-id", "/undertone");
    settings.put("high-availability.zookeeper.client.session-timeout", "10s");
    settings.put("high-availability.zookeeper.client.connection-timeout", "5s");
    // By default a process ends when ZooKeeper is away for a quarter of a minute.
    settings.put("high-availability.zookeeper.client.retry-wait", "500ms");
    settings.put("high-availability.zookeeper.client.max-retry-attempts", "8");
    settings.put("heartbeat.interval", "2s");
    settings.put("heartbeat.timeout", "12s");
    settings.put("io.tmp.dirs", files.scratch(name).toString());
    // All state goes to files, so that a broken store breaks each checkpoint.
    settings.put("execution.checkpointing.data-inline-threshold", "0");
    settings.put("classloader.parent-first-patterns.additional", Distribution.PARENT_FIRST);
    return settings;
  }

  private static String uri(Path folder) {
    return folder.toUri().toString();
  }
}
