package io.undertone.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.jobs.EmotionJob;
import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.kafka.Topics;
import io.undertone.jobs.options.TopicNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What jobs leave behind in a TaskManager that they have ended in. {@code -Dundertone.restarts=9}
 * starts more of them; the JobManager, which runs each job's program, has no room for many more.
 */
class RestartsIT {
  private static final int RESTARTS = 6;

  /** The first jobs load and compile code that stays. */
  private static final int WARM_UP = 2;

  /** Of the last job, and of the one before. */
  private static final int MOST_CLASS_LOADERS = 2;

  private static final long MOST_NEW_METASPACE_KB = 4 * 1024;
  private static final long MOST_RESIDENT_KB = 1_400 * 1024;
  private static final Path MODEL = Path.of("../models/undertone-small");
  private static final long POLL_MS = 200;

  /** What a TaskManager holds after a garbage collection. */
  private record Footprint(int jobClassLoaders, long metaspaceKb, long residentKb) {}

  @Test
  void jobsLeaveNeitherTheirClassesNorTheirModel(@TempDir Path folder)
      throws ClusterException, InterruptedException, TopicUnavailableException, IOException {
    int restarts = Integer.getInteger("undertone.restarts", RESTARTS);
    List<Footprint> footprints = new ArrayList<>();
    try (ProcessCluster cluster = ProcessCluster.start(folder, 1, 2)) {
      try (Topics topics = Topics.at(cluster.bootstrapServers(), Map.of())) {
        topics.createMissing(TopicNames.DEFAULT, 1);
      }
      for (int i = 0; i < restarts; i++) {
        runOnce(cluster);
        footprints.add(footprint(cluster.taskManagers().get(0)));
      }
    }

    long warmKb = footprints.get(WARM_UP).metaspaceKb();
    assertThat(footprints)
        .extracting(Footprint::jobClassLoaders)
        .allMatch(count -> count <= MOST_CLASS_LOADERS);
    assertThat(footprints)
        .extracting(Footprint::metaspaceKb)
        .allMatch(usedKb -> usedKb < warmKb + MOST_NEW_METASPACE_KB);
    assertThat(footprints)
        .extracting(Footprint::residentKb)
        .allMatch(residentKb -> residentKb < MOST_RESIDENT_KB);
  }

  private static void runOnce(ProcessCluster cluster)
      throws ClusterException, InterruptedException {
    FlinkClient client = cluster.client();
    String job =
        client.submit(
            EmotionJob.class.getName(),
            List.of(
                "--bootstrap-servers=" + cluster.bootstrapServers(),
                "--model-dir=" + MODEL.toAbsolutePath().normalize(),
                "--parallelism=1"),
            null);
    while (!client.allTasksRunning(job)) {
      assertThat(client.status(job)).isNotEqualTo(JobStatus.FAILED.name());
      Thread.sleep(POLL_MS);
    }
    client.cancel(job);
    while (!client.status(job).equals(JobStatus.CANCELED.name())) {
      Thread.sleep(POLL_MS);
    }
  }

  private static Footprint footprint(JavaProcess process) throws IOException, InterruptedException {
    jcmd(process, "GC.run");
    int classLoaders =
        (int)
            jcmd(process, "VM.classloader_stats").stream()
                .filter(line -> line.contains("ChildFirstClassLoader"))
                .count();
    List<String> status =
        Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status"));
    return new Footprint(
        classLoaders,
        number(jcmd(process, "GC.heap_info"), " *Metaspace +used (\\d+)K.*"),
        number(status, "VmRSS:\\s+(\\d+) kB"));
  }

  private static long number(List<String> lines, String pattern) {
    return lines.stream()
        .filter(line -> line.matches(pattern))
        .mapToLong(line -> Long.parseLong(line.replaceAll(pattern, "$1")))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("must have " + pattern + ": " + lines));
  }

  private static List<String> jcmd(JavaProcess process, String command)
      throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process running =
        new ProcessBuilder(jcmd.toString(), String.valueOf(process.pid()), command)
            .redirectErrorStream(true)
            .start();
    List<String> lines =
        new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(running.waitFor()).as(lines.toString()).isZero();
    return lines;
  }
}
