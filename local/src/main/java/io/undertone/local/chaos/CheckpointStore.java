package io.undertone.local.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The folder of a job's checkpoints behind a symbolic link, which can point to a plain file
 * instead: then nothing can be written or read, whatever user the job runs as.
 */
final class CheckpointStore {
  private final Path link;
  private final Path folder;
  private final Path noFolder;

  private CheckpointStore(Path link, Path folder, Path noFolder) {
    this.link = link;
    this.folder = folder;
    this.noFolder = noFolder;
  }

  static CheckpointStore in(Path parent) {
    CheckpointStore store =
        new CheckpointStore(
            parent.resolve("checkpoints"), parent.resolve("store"), parent.resolve("no-store"));
    try {
      Files.createDirectories(store.folder);
      Files.createFile(store.noFolder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create the folder of checkpoints in " + parent, e);
    }
    store.makeWritable();
    return store;
  }

  /** What the job is told. */
  Path path() {
    return link;
  }

  void makeWritable() {
    pointTo(folder);
  }

  void makeUnwritable() {
    pointTo(noFolder);
  }

  private void pointTo(Path target) {
    Path next = link.resolveSibling("next");
    try {
      Files.createSymbolicLink(next, target);
      Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot move the folder of checkpoints " + link, e);
    }
  }
}
