package io.undertone.local.store;

import java.net.URI;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;

/** Flink finds it by its name in {@code META-INF/services}. */
public final class FaultyFileSystemFactory implements FileSystemFactory {

  @Override
  public String getScheme() {
    return FaultyFileSystem.SCHEME;
  }

  @Override
  public FileSystem create(URI uri) {
    return new FaultyFileSystem();
  }
}
