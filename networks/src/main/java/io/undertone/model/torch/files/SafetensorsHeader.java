package io.undertone.model.torch.files;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads and checks the table of contents of a safetensors file. */
final class SafetensorsHeader {
  static final String METADATA = "__metadata__";

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int MAX_HEADER_BYTES = 100_000_000;

  private final Path path;
  private final long dataBegin;
  private final long fileBytes;

  private SafetensorsHeader(Path path, long dataBegin, long fileBytes) {
    this.path = path;
    this.dataBegin = dataBegin;
    this.fileBytes = fileBytes;
  }

  /**
   * What a file contains.
   *
   * @param metadata what it says of itself; missing if it says nothing
   * @param tensors by name, in their order
   */
  record Contents(JsonNode metadata, Map<String, SafetensorsFile.Entry> tensors) {}

  static Contents read(Path path, FileChannel channel) throws IOException {
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    if (channel.size() < Long.BYTES || channel.read(length, 0) < Long.BYTES) {
      throw new ModelFileException(
          path, "safetensors must have at least 8 bytes, but has " + channel.size());
    }
    long headerBytes = length.getLong(0);
    long available = Math.min(MAX_HEADER_BYTES, channel.size() - Long.BYTES);
    if (headerBytes < 2 || headerBytes > available) {
      throw new ModelFileException(
          path, "header must have 2 to " + available + " bytes, but has " + headerBytes);
    }
    byte[] header = new byte[(int) headerBytes];
    channel.map(FileChannel.MapMode.READ_ONLY, Long.BYTES, headerBytes).get(header);
    JsonNode json = json(path, header);
    return new Contents(
        json.path(METADATA),
        new SafetensorsHeader(path, Long.BYTES + headerBytes, channel.size()).entries(json));
  }

  private static JsonNode json(Path path, byte[] header) throws IOException {
    try {
      JsonNode json = MAPPER.readTree(header);
      if (json.isObject()) {
        return json;
      }
      throw new ModelFileException(path, "header must be a JSON object");
    } catch (JsonProcessingException e) {
      throw new ModelFileException(path, "header must be JSON", e);
    }
  }

  private Map<String, SafetensorsFile.Entry> entries(JsonNode json) {
    Map<String, SafetensorsFile.Entry> entries = new LinkedHashMap<>();
    json.properties()
        .forEach(
            property -> {
              if (!property.getKey().equals(METADATA)) {
                entries.put(property.getKey(), entry(property.getKey(), property.getValue()));
              }
            });
    return entries;
  }

  private SafetensorsFile.Entry entry(String name, JsonNode json) {
    SafetensorsType type = type(name, json.path("dtype").asText());
    long[] dimensions = new long[json.path("shape").size()];
    long size = 1;
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] = json.path("shape").get(i).asLong(-1);
      size *= dimensions[i];
    }
    long begin = json.path("data_offsets").path(0).asLong(-1);
    long end = json.path("data_offsets").path(1).asLong(-1);
    if (begin < 0 || size < 0 || end - begin != size * type.bytes || dataBegin + end > fileBytes) {
      throw new ModelFileException(
          path,
          "tensor %s of %d values must lie within the file's %d bytes, but has data_offsets %s"
              .formatted(name, size, fileBytes, json.path("data_offsets")));
    }
    return new SafetensorsFile.Entry(type, new Shape(dimensions), dataBegin + begin, end - begin);
  }

  private SafetensorsType type(String name, String dtype) {
    for (SafetensorsType type : SafetensorsType.values()) {
      if (type.name().equals(dtype)) {
        return type;
      }
    }
    throw new ModelFileException(
        path, "tensor " + name + " must be F32, F16 or BF16, but is " + dtype);
  }
}
