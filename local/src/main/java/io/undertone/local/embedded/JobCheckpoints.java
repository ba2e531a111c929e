package io.undertone.local.embedded;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.checkpoint.Checkpoints;

/**
 * The checkpoints of a job that has the same id at every start.
 *
 * @param folder of this job, in the folder of checkpoints; need not exist
 */
public record JobCheckpoints(Path folder) {
  private static final String METADATA = "_metadata";

  /**
   * Those of a job.
   *
   * @param root the folder of checkpoints, as Flink is configured with
   */
  public static JobCheckpoints of(JobID job, Path root) {
    return new JobCheckpoints(root.resolve(job.toHexString()));
  }

  /**
   * Keeps other processes from running this job with these checkpoints.
   *
   * @return open until the job has ended; empty if the job runs already
   */
  public Optional<Closeable> claim() throws IOException {
    Files.createDirectories(folder.toAbsolutePath().getParent());
    FileChannel file =
        FileChannel.open(
            folder.resolveSibling(folder.getFileName() + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    try {
      if (file.tryLock() != null) {
        return Optional.of(file);
      }
    } catch (OverlappingFileLockException e) {
      // This process has it.
    }
    file.close();
    return Optional.empty();
  }

  /**
   * The newest checkpoint that is complete; a process that was killed may leave one that is not.
   */
  public Optional<Path> latest() throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> checkpoints = Files.list(folder)) {
      List<Path> newestFirst =
          checkpoints
              .map(checkpoint -> checkpoint.resolve(METADATA))
              .filter(Files::isRegularFile)
              .sorted(Comparator.comparing(JobCheckpoints::modified).reversed())
              .toList();
      return newestFirst.stream()
          .filter(JobCheckpoints::isComplete)
          .map(Path::getParent)
          .findFirst();
    }
  }

  /** Renames the folder, so that the job finds no checkpoint; returns its new name. */
  public Optional<Path> setAside() throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    String name = folder.getFileName() + "-until-" + Instant.now().toString().replace(":", "");
    return Optional.of(Files.move(folder, folder.resolveSibling(name)));
  }

  private static long modified(Path file) {
    return file.toFile().lastModified();
  }

  private static boolean isComplete(Path metadata) {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(metadata))) {
      Checkpoints.loadCheckpointMetadata(
          in, JobCheckpoints.class.getClassLoader(), metadata.toString());
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
