package io.undertone.local.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.jspecify.annotations.Nullable;

/** Submits jobs to a cluster by Flink's REST interface, stops them, and asks for their state. */
public final class FlinkClient {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration SAVEPOINT = Duration.ofMinutes(3);
  private static final int SUBMISSIONS = 3;
  private static final long POLL_MS = 200;
  private static final Set<String> ENDED =
      Set.of(JobStatus.FAILED.name(), JobStatus.CANCELED.name(), JobStatus.FINISHED.name());

  private final FlinkRest rest;
  private final Path jobJar;

  /**
   * Connects when it is first used.
   *
   * @param address of the REST interface, which is that of the web interface
   * @param jobJar that is submitted
   */
  public FlinkClient(URI address, Path jobJar) {
    this.rest = new FlinkRest(address);
    this.jobJar = jobJar;
  }

  /** The address of the web interface. */
  public URI webInterface() {
    return rest.address();
  }

  /**
   * Submits a job, once even if an answer of Flink is lost; its program runs in the JobManager.
   *
   * @param mainClass with the program that defines the job
   * @param arguments of the program
   * @param savepoint URI of the savepoint or checkpoint that the job starts from; null for none
   * @return Flink's id of the job
   */
  public String submit(String mainClass, List<String> arguments, @Nullable String savepoint)
      throws ClusterException {
    String job = JobID.generate().toHexString();
    String request = FlinkRest.runRequest(job, mainClass, arguments, savepoint);
    for (int attempt = 1; ; attempt++) {
      try {
        String jar = rest.upload("/jars/upload", jobJar).path("filename").asText();
        rest.post("/jars/" + jar.substring(jar.lastIndexOf('/') + 1) + "/run", request);
        return job;
      } catch (ClusterException e) {
        if (isKnown(job)) {
          return job;
        }
        if (attempt == SUBMISSIONS) {
          throw e;
        }
      }
    }
  }

  /**
   * Takes a savepoint and stops the job with it.
   *
   * @param parent the folder in which the savepoint gets a folder of its own
   * @return the folder of the savepoint
   * @throws ClusterException if the savepoint failed; the job may still run
   */
  public Path stopWithSavepoint(String job, Path parent)
      throws ClusterException, InterruptedException {
    String trigger =
        rest.post("/jobs/" + job + "/stop", FlinkRest.stopRequest(parent))
            .path("request-id")
            .asText();
    long deadline = System.nanoTime() + SAVEPOINT.toNanos();
    while (System.nanoTime() < deadline) {
      JsonNode answer = rest.get("/jobs/" + job + "/savepoints/" + trigger);
      if (answer.path("status").path("id").asText().equals("COMPLETED")) {
        JsonNode operation = answer.path("operation");
        if (operation.has("location")) {
          return Path.of(URI.create(operation.path("location").asText()));
        }
        throw new ClusterException(
            "the savepoint failed: "
                + operation.path("failure-cause").path("class").asText("no reason is known"));
      }
      Thread.sleep(POLL_MS);
    }
    throw new ClusterException("the savepoint took longer than " + SAVEPOINT);
  }

  /** Starts a checkpoint, and does not wait for it. */
  public void triggerCheckpoint(String job) throws ClusterException {
    rest.post("/jobs/" + job + "/checkpoints", "{}");
  }

  /** Cancels a job; returns at once. */
  public void cancel(String job) throws ClusterException {
    rest.patch("/jobs/" + job + "?mode=cancel");
  }

  /** The state of a job, such as RUNNING. */
  public String status(String job) throws ClusterException {
    return rest.get("/jobs/" + job).path("state").asText();
  }

  /** The stack trace of the last failure; empty if the job never failed. */
  public Optional<String> lastFailure(String job) throws ClusterException {
    JsonNode entries =
        rest.get("/jobs/" + job + "/exceptions?maxExceptions=1")
            .path("exceptionHistory")
            .path("entries");
    return entries.isEmpty()
        ? Optional.empty()
        : Optional.of(entries.path(0).path("stacktrace").asText());
  }

  /** Whether all subtasks of all operators run. */
  public boolean allTasksRunning(String job) throws ClusterException {
    JsonNode answer = rest.get("/jobs/" + job);
    boolean all = answer.path("state").asText().equals("RUNNING");
    for (JsonNode vertex : answer.path("vertices")) {
      int running = vertex.path("tasks").path("RUNNING").asInt();
      all = all && running == vertex.path("parallelism").asInt();
    }
    return all;
  }

  /** Waits until all subtasks of all operators run; false if the job ends instead. */
  public boolean awaitRunning(String job) throws ClusterException, InterruptedException {
    while (!allTasksRunning(job)) {
      if (ENDED.contains(status(job))) {
        return false;
      }
      Thread.sleep(POLL_MS);
    }
    return true;
  }

  /** The last completed checkpoint that this JobManager knows of. */
  public Optional<CompletedCheckpoint> lastCheckpoint(String job) throws ClusterException {
    JsonNode latest = rest.get("/jobs/" + job + "/checkpoints").path("latest").path("completed");
    return latest.has("id")
        ? Optional.of(
            new CompletedCheckpoint(
                latest.path("id").asLong(),
                latest.path("trigger_timestamp").asLong(),
                latest.path("latest_ack_timestamp").asLong()))
        : Optional.empty();
  }

  /**
   * Waits until TaskManagers have registered.
   *
   * @param processes that must not end meanwhile
   */
  public void awaitTaskManagers(int count, Collection<JavaProcess> processes)
      throws ClusterException, InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    while (registeredTaskManagers() < count) {
      for (JavaProcess process : processes) {
        if (!process.isAlive()) {
          throw new ClusterException(process.name() + " ended; its log is " + process.log());
        }
      }
      if (System.nanoTime() > deadline) {
        throw new ClusterException("the cluster was not ready within " + START);
      }
      Thread.sleep(POLL_MS);
    }
  }

  private boolean isKnown(String job) {
    try {
      return !status(job).isEmpty();
    } catch (ClusterException e) {
      return false;
    }
  }

  private int registeredTaskManagers() {
    try {
      return rest.get("/taskmanagers").path("taskmanagers").size();
    } catch (ClusterException e) {
      return 0; // the JobManager is not up yet
    }
  }
}
