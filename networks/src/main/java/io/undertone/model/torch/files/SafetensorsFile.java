package io.undertone.model.torch.files;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * A safetensors file: u64 length of the header, the header as JSON, then the tensors row by row,
 * all little endian. The engine's own reader is not used: its native layer aborts the process on
 * bfloat16.
 */
final class SafetensorsFile implements AutoCloseable {

  /** Where a tensor lies. */
  record Entry(SafetensorsType type, Shape shape, long offsetBytes, long lengthBytes) {}

  /** Bounds the memory that reading takes: 4 MiB. */
  private static final int PART_VALUES = 1 << 20;

  /** Receives some of a tensor's values. */
  @FunctionalInterface
  private interface PartReader {

    /**
     * @param begin number of values before the part
     * @param values float32 in native order, valid until this returns
     */
    void read(long begin, ByteBuffer values);
  }

  /** Holds one part. A buffer for each tensor would stay until the garbage collector runs. */
  private final ByteBuffer part =
      ByteBuffer.allocateDirect(PART_VALUES * Float.BYTES).order(ByteOrder.nativeOrder());

  private final Path path;
  private final FileChannel channel;
  private final Map<String, Entry> entries;

  private SafetensorsFile(Path path, FileChannel channel, Map<String, Entry> entries) {
    this.path = path;
    this.channel = channel;
    this.entries = entries;
  }

  static SafetensorsFile open(Path path) {
    FileChannel channel = channel(path);
    try {
      return new SafetensorsFile(path, channel, SafetensorsHeader.read(path, channel).tensors());
    } catch (IOException e) {
      closeQuietly(channel, e);
      throw new ModelFileException(path, "cannot be read: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      closeQuietly(channel, e);
      throw e;
    }
  }

  private static FileChannel channel(Path path) {
    try {
      return FileChannel.open(path, StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      throw new ModelFileException(path, "file must exist", e);
    } catch (IOException e) {
      throw new ModelFileException(path, "cannot be read: " + e.getMessage(), e);
    }
  }

  private static void closeQuietly(FileChannel channel, Exception reason) {
    try {
      channel.close();
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  Set<String> names() {
    return entries.keySet();
  }

  Shape shape(String name) {
    return entry(name).shape();
  }

  /**
   * Copies a tensor into an array of its shape, part by part: beside the array itself, this takes
   * the memory of one part.
   */
  NDArray read(String name, NDManager manager) {
    NDArray tensor = manager.create(shape(name), DataType.FLOAT32);
    try (NDArray flat = tensor.reshape(-1)) {
      forEachPart(
          name,
          manager,
          (begin, values) ->
              flat.set(new NDIndex().addSliceDim(begin, begin + values.size()), values));
      return tensor;
    } catch (RuntimeException e) {
      tensor.close();
      throw e;
    }
  }

  /** Gives the values of a tensor in parts on the manager's device, in row-major order. */
  void forEachPart(String name, NDManager manager, TensorFiles.PartReader reader) {
    forEachPart(
        name,
        (begin, values) -> {
          Shape count = new Shape(values.remaining() / Float.BYTES);
          try (NDArray part = manager.create(values, count, DataType.FLOAT32)) {
            reader.read(begin, part);
          }
        });
  }

  boolean isBfloat16(String name) {
    return entry(name).type() == SafetensorsType.BF16;
  }

  boolean isFloat16(String name) {
    return entry(name).type() == SafetensorsType.F16;
  }

  float[] read(String name) {
    float[] all = new float[Math.toIntExact(entry(name).shape().size())];
    forEachPart(
        name,
        (begin, values) ->
            values
                .asFloatBuffer()
                .get(all, Math.toIntExact(begin), values.remaining() / Float.BYTES));
    return all;
  }

  /** Gives the values of a tensor in parts, in row-major order. */
  private synchronized void forEachPart(String name, PartReader reader) {
    Entry entry = entry(name);
    int width = entry.type().bytes;
    long all = entry.shape().size();
    for (long begin = 0; begin < all; begin += PART_VALUES) {
      int count = (int) Math.min(PART_VALUES, all - begin);
      readFully(part.clear().limit(count * width), entry.offsetBytes() + begin * width);
      entry.type().toFloat32(part);
      reader.read(begin, part.clear().limit(count * Float.BYTES));
    }
  }

  private void readFully(ByteBuffer bytes, long offset) {
    try {
      while (bytes.hasRemaining()) {
        int count = channel.read(bytes, offset + bytes.position());
        if (count < 0) {
          throw new ModelFileException(path, "file ends while it is read: it has become shorter");
        }
      }
    } catch (IOException e) {
      throw new ModelFileException(path, "cannot be read: " + e.getMessage(), e);
    }
  }

  private Entry entry(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new ModelFileException(
          path,
          "tensor " + name + " must be given, but there are " + Arrays.toString(names().toArray()));
    }
    return entry;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
