package io.undertone.training.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.training.TrainingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Copies the layers of an encoder that a model uses, with licence and settings. Tensors keep their
 * type, so that an encoder of 16 bit stays small.
 */
final class EncoderCopy {

  private static final String WEIGHTS = "model.safetensors";
  private static final List<String> DOCUMENTS = List.of("LICENSE", "README.md", "config.json");
  private static final String OFFSETS = "data_offsets";
  private static final String METADATA = "__metadata__";
  private static final Pattern TENSOR =
      Pattern.compile("model\\.encoder\\.(?:layers\\.(\\d+)\\..*|conv.*|embed_positions.*)");
  private static final int ALIGNMENT_BYTES = 8;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private EncoderCopy() {}

  /**
   * Copies the first layers.
   *
   * @param to need not exist
   * @throws TrainingException if the encoder is not in one file
   */
  static void copy(EncoderSource encoder, Path to) throws IOException {
    Path from = encoder.directory();
    Files.createDirectories(to);
    for (String document : DOCUMENTS) {
      if (Files.exists(from.resolve(document))) {
        Files.copy(
            from.resolve(document), to.resolve(document), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (!Files.exists(from.resolve(WEIGHTS))) {
      throw new TrainingException(from + " must have the encoder in one file, " + WEIGHTS);
    }
    try (FileChannel in = FileChannel.open(from.resolve(WEIGHTS));
        FileChannel out =
            FileChannel.open(
                to.resolve(WEIGHTS),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
      copyTensors(in, out, encoder.features().highestLayer());
    }
  }

  private static void copyTensors(FileChannel in, FileChannel out, int layers) throws IOException {
    ByteBuffer length = read(in, 0, Long.BYTES);
    int headerBytes = Math.toIntExact(length.getLong());
    JsonNode header = MAPPER.readTree(read(in, Long.BYTES, headerBytes).array());
    ObjectNode copied = MAPPER.createObjectNode();
    if (header.has(METADATA)) {
      copied.set(METADATA, header.get(METADATA));
    }
    Map<Long, Long> ranges = new LinkedHashMap<>();
    long end = 0;
    for (Map.Entry<String, JsonNode> tensor : header.properties()) {
      if (isUsed(tensor.getKey(), layers)) {
        long from = tensor.getValue().get(OFFSETS).get(0).longValue();
        long bytes = tensor.getValue().get(OFFSETS).get(1).longValue() - from;
        ObjectNode moved = tensor.getValue().deepCopy();
        moved.putArray(OFFSETS).add(end).add(end + bytes);
        copied.set(tensor.getKey(), moved);
        ranges.put(Long.BYTES + headerBytes + from, bytes);
        end += bytes;
      }
    }
    write(out, header(copied));
    for (Map.Entry<Long, Long> range : ranges.entrySet()) {
      transfer(in, out, range.getKey(), range.getValue());
    }
  }

  private static boolean isUsed(String tensor, int layers) {
    Matcher matcher = TENSOR.matcher(tensor);
    return matcher.matches()
        && (matcher.group(1) == null || Integer.parseInt(matcher.group(1)) < layers);
  }

  private static ByteBuffer header(ObjectNode tensors) {
    byte[] json = tensors.toString().getBytes(StandardCharsets.UTF_8);
    int padding = Math.floorMod(-json.length, ALIGNMENT_BYTES);
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES + json.length + padding).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length + padding).put(json);
    bytes.put(" ".repeat(padding).getBytes(StandardCharsets.UTF_8));
    return bytes.flip();
  }

  private static ByteBuffer read(FileChannel in, long position, int bytes) throws IOException {
    ByteBuffer read = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (read.hasRemaining()) {
      if (in.read(read, position + read.position()) < 0) {
        throw new TrainingException("the encoder's file ends at " + in.size() + " bytes");
      }
    }
    return read.flip();
  }

  private static void transfer(FileChannel in, FileChannel out, long position, long bytes)
      throws IOException {
    long done = 0;
    while (done < bytes) {
      long transferred = in.transferTo(position + done, bytes - done, out);
      if (transferred <= 0) {
        throw new TrainingException("the encoder's file ends at " + in.size() + " bytes");
      }
      done += transferred;
    }
  }

  private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }
}
