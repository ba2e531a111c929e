package io.undertone.local.store;

import java.io.IOException;
import org.apache.flink.core.fs.FSDataOutputStream;

/** A file of which a full disk takes only the beginning. */
final class FaultyStream extends FSDataOutputStream {
  private final FSDataOutputStream file;
  private final long mostBytes;

  FaultyStream(FSDataOutputStream file, long mostBytes) {
    this.file = file;
    this.mostBytes = mostBytes;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int room = (int) Math.min(length, mostBytes - file.getPos());
    file.write(bytes, offset, room);
    if (room < length) {
      throw new IOException("No space left on device");
    }
  }

  @Override
  public long getPos() throws IOException {
    return file.getPos();
  }

  @Override
  public void flush() throws IOException {
    file.flush();
  }

  @Override
  public void sync() throws IOException {
    file.sync();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
