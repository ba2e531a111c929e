package io.undertone.model.torch.files;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** Writes float32 tensors as a safetensors file. */
public final class SafetensorsWriter {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int ALIGNMENT_BYTES = 8;

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
    ObjectNode header = MAPPER.createObjectNode();
    header.putObject("__metadata__").put("format", "pt");
    long offset = 0;
    for (Map.Entry<String, NDArray> entry : tensors.entrySet()) {
      NDArray tensor = entry.getValue();
      ObjectNode json = header.putObject(entry.getKey());
      json.put("dtype", "F32");
      json.set("shape", MAPPER.valueToTree(tensor.getShape().getShape()));
      long end = offset + tensor.size() * Float.BYTES;
      json.set("data_offsets", MAPPER.valueToTree(new long[] {offset, end}));
      offset = end;
    }
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    int padding = Math.floorMod(-json.length, ALIGNMENT_BYTES);
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES + json.length + padding).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length + padding).put(json);
    bytes.put(" ".repeat(padding).getBytes(StandardCharsets.UTF_8));
    return bytes.flip();
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
