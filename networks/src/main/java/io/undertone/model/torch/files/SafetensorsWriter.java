package io.undertone.model.torch.files;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** Writes float32 tensors as a safetensors file. */
public final class SafetensorsWriter {
  private SafetensorsWriter() {}

  /**
   * Writes the tensors in the map's order. Atomic: the file appears whole or not at all.
   *
   * @param tensors float32
   */
  public static void write(Path path, Map<String, NDArray> tensors) {
    Path unfinished = path.resolveSibling(path.getFileName() + ".unfinished");
    try {
      try (FileChannel channel =
          FileChannel.open(
              unfinished,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        writeFully(channel, header(tensors));
        for (NDArray tensor : tensors.values()) {
          writeFully(channel, tensor.toByteBuffer());
        }
      }
      Files.move(unfinished, path, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ByteBuffer header(Map<String, NDArray> tensors) {
    SafetensorsHeaderWriter header = new SafetensorsHeaderWriter();
    tensors.forEach(
        (name, tensor) ->
            header.add(
                name,
                SafetensorsType.F32,
                tensor.getShape().getShape(),
                tensor.size() * Float.BYTES));
    return header.toBytes();
  }

  static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
