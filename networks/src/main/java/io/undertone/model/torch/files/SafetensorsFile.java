package io.undertone.model.torch.files;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
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

  NDArray read(String name, NDManager manager) {
    // Copy once from the mapped pages: an array that referred to them would dangle after the
    // unmapping.
    try (NDArray view = manager.create(float32(name), entry(name).shape(), DataType.FLOAT32)) {
      return view.duplicate();
    }
  }

  float[] read(String name) {
    float[] values = new float[Math.toIntExact(entry(name).shape().size())];
    float32(name).asFloatBuffer().get(values);
    return values;
  }

  private ByteBuffer float32(String name) {
    Entry entry = entry(name);
    try {
      ByteBuffer bytes =
          channel.map(FileChannel.MapMode.READ_ONLY, entry.offsetBytes(), entry.lengthBytes());
      ByteBuffer values = entry.type().toFloat32(bytes.order(ByteOrder.LITTLE_ENDIAN));
      return values.order(ByteOrder.nativeOrder());
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
