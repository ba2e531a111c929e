package io.undertone.model.torch.llama;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.model.torch.llama.config.AttentionShape;
import io.undertone.model.torch.llama.config.LlamaConfig;
import io.undertone.model.torch.llama.config.LlamaConfigFile;
import io.undertone.model.torch.llama.config.RotaryAngles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The resident memory of a process that loads a sparse file of 0.2 to 0.4 GB. */
@EnabledOnOs(OS.LINUX)
class LoadingMemoryTest {
  private static final LlamaConfig LARGE = config(8, 1024);
  private static final LlamaConfig SMALL = config(1, 256);

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"F32,4,FLOAT32,4", "BF16,2,FLOAT32,4", "BF16,2,AS_STORED,2", "F32,4,BFLOAT16,2"})
  void takesAtMostAFifthMoreThanTheWeights(
      String stored, int storedBytes, WeightPrecision precision, int keptBytes) throws IOException {
    long values = writeZeros(LARGE, stored, storedBytes, directory);
    Path small = Files.createDirectory(directory.resolve("small"));
    writeZeros(SMALL, stored, storedBytes, small);

    // In a process of its own: memory that another test freed would be used again.
    Process loading =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LoadingMemory.class.getName(),
                directory.toString(),
                precision.name(),
                small.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String taken = new String(loading.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    long weights = values * keptBytes;
    assertThat(Long.parseLong(taken.strip())).isBetween(weights * 9 / 10, weights * 12 / 10);
  }

  private static LlamaConfig config(int layers, int width) {
    AttentionShape attention = new AttentionShape(8, 8, width / 8);
    RotaryAngles angles = new RotaryAngles(10_000);
    return new LlamaConfig(1024, width, layers, 3 * width, attention, angles, 1e-5, true);
  }

  /** Returns the number of values. */
  private static long writeZeros(LlamaConfig config, String stored, int bytes, Path directory)
      throws IOException {
    LlamaConfigFile.write(config, directory.resolve("config.json"));
    List<String> tensors = new ArrayList<>();
    long values = 0;
    for (var tensor : LlamaLayout.shapes(config).entrySet()) {
      long end = values + tensor.getValue().size();
      tensors.add(
          "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(
                  tensor.getKey(),
                  stored,
                  Arrays.toString(tensor.getValue().getShape()),
                  values * bytes,
                  end * bytes));
      values = end;
    }
    byte[] header = ("{" + String.join(",", tensors) + "}").getBytes(StandardCharsets.UTF_8);
    Path file = directory.resolve("model.safetensors");
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.writeLong(Long.reverseBytes(header.length));
      out.write(header);
      out.setLength(Long.BYTES + header.length + values * bytes);
    }
    return values;
  }
}
