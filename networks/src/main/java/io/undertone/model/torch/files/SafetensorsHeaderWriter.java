package io.undertone.model.torch.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Makes the table of contents of a safetensors file whose tensors follow one after the other. */
final class SafetensorsHeaderWriter {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int ALIGNMENT_BYTES = 8;

  private final ObjectNode header = MAPPER.createObjectNode();
  private long end;

  /** For the file of a trained model. */
  SafetensorsHeaderWriter() {
    this(MAPPER.createObjectNode().put("format", "pt"));
  }

  /**
   * @param metadata of the file; missing for none
   */
  SafetensorsHeaderWriter(JsonNode metadata) {
    if (!metadata.isMissingNode()) {
      header.set(SafetensorsHeader.METADATA, metadata);
    }
  }

  /** Adds the next tensor. */
  void add(String name, SafetensorsType type, long[] shape, long lengthBytes) {
    ObjectNode json = header.putObject(name);
    json.put("dtype", type.name());
    json.set("shape", MAPPER.valueToTree(shape));
    json.set("data_offsets", MAPPER.valueToTree(new long[] {end, end + lengthBytes}));
    end += lengthBytes;
  }

  /** The bytes before the first tensor. */
  ByteBuffer toBytes() {
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    int padding = Math.floorMod(-json.length, ALIGNMENT_BYTES);
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES + json.length + padding).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length + padding).put(json);
    bytes.put(" ".repeat(padding).getBytes(StandardCharsets.UTF_8));
    return bytes.flip();
  }
}
