package io.undertone.model.torch.files;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes tensors in bfloat16, in shards with an index, as transformers saves large models. */
public final class Bfloat16Shards {

  /**
   * A tensor to write.
   *
   * @param values row by row
   */
  public record Values(long[] shape, float[] values) {}

  private Bfloat16Shards() {}

  /** Writes the tensors in their order, about the same number into each shard. */
  public static void write(Path directory, Map<String, Values> tensors, int shards)
      throws IOException {
    ObjectNode index = new ObjectMapper().createObjectNode();
    long bytes = tensors.values().stream().mapToLong(tensor -> tensor.values().length * 2L).sum();
    index.putObject("metadata").put("total_size", bytes);
    ObjectNode files = index.putObject("weight_map");
    List<String> names = new ArrayList<>(tensors.keySet());
    for (int shard = 0; shard < shards; shard++) {
      String file = "model-%05d-of-%05d.safetensors".formatted(shard + 1, shards);
      Map<String, Values> part = new LinkedHashMap<>();
      int end = names.size() * (shard + 1) / shards;
      for (String name : names.subList(names.size() * shard / shards, end)) {
        part.put(name, tensors.get(name));
        files.put(name, file);
      }
      write(directory.resolve(file), part);
    }
    Files.writeString(
        directory.resolve("model.safetensors.index.json"), index.toPrettyString() + "\n");
  }

  private static void write(Path file, Map<String, Values> tensors) throws IOException {
    SafetensorsHeaderWriter header = new SafetensorsHeaderWriter();
    tensors.forEach(
        (name, tensor) ->
            header.add(name, SafetensorsType.BF16, tensor.shape(), tensor.values().length * 2L));
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      SafetensorsWriter.writeFully(channel, header.toBytes());
      for (Values tensor : tensors.values()) {
        SafetensorsWriter.writeFully(channel, rounded(tensor.values()));
      }
    }
  }

  /** To the nearest, or to the even one of two. */
  private static ByteBuffer rounded(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      int bits = Float.floatToIntBits(value);
      bytes.putShort((short) ((bits + 0x7fff + (bits >>> 16 & 1)) >>> 16));
    }
    return bytes.flip();
  }
}
