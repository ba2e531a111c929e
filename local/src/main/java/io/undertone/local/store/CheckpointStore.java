package io.undertone.local.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/**
 * The folder of a job's checkpoints, which can be away, slow or full. It is behind a symbolic link,
 * which can point to a plain file instead: then nothing can be written or read, whatever user the
 * job runs as.
 */
public final class CheckpointStore {
  private final Path parent;
  private final Path link;
  private final Path folder;
  private final Path noFolder;

  private CheckpointStore(Path parent) {
    this.parent = parent;
    link = parent.resolve("checkpoints");
    folder = parent.resolve("store");
    noFolder = parent.resolve("no-store");
  }

  /** Creates a store in a folder that has none. */
  public static CheckpointStore in(Path parent) {
    CheckpointStore store = new CheckpointStore(parent.toAbsolutePath().normalize());
    try {
      Files.createDirectories(store.folder);
      Files.createFile(store.noFolder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create the folder of checkpoints in " + parent, e);
    }
    store.heal();
    return store;
  }

  /** What the job is told. */
  public URI uri() {
    return URI.create(FaultyFileSystem.SCHEME + "://" + link);
  }

  /** Ends all that is wrong. */
  public void heal() {
    StoreFault.NONE.happenIn(parent);
    pointTo(folder);
  }

  /** Nothing can be written or read. */
  public void beAway() {
    pointTo(noFolder);
  }

  /** Each new file has to wait. */
  public void beSlow(Duration delay) {
    new StoreFault(delay.toMillis(), StoreFault.NONE.mostBytes()).happenIn(parent);
  }

  /** Of each new file only the beginning can be written. */
  public void beFull(long mostBytes) {
    new StoreFault(StoreFault.NONE.delayMs(), mostBytes).happenIn(parent);
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
