package io.undertone.model.torch.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.device.TorchDevice;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorFilesTest {
  @TempDir Path directory;

  @Test
  void readsWhatTheWriterWrote() {
    Path file = directory.resolve("a.safetensors");
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              Map<String, NDArray> tensors = new LinkedHashMap<>();
              tensors.put("b", manager.create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(2, 3)));
              tensors.put("a", manager.create(-0.5f));
              tensors.put("t", tensors.get("b").transpose());
              SafetensorsWriter.write(file, tensors);
              try (TensorFiles files = TensorFiles.ofFile(file)) {
                assertThat(files.names()).containsExactly("b", "a", "t");
                assertThat(files.shape("t")).isEqualTo(new Shape(3, 2));
                assertThat(values(files, "t")).containsExactly(1, 4, 2, 5, 3, 6);
                assertThat(files.read("a", new Shape(), manager).getFloat()).isEqualTo(-0.5f);
                assertThatThrownBy(() -> files.read("b", new Shape(6), manager))
                    .isInstanceOf(ModelFileException.class)
                    .hasMessageContaining("tensor b must have shape (6), but has (2, 3)");
              }
            }
          });
    }
  }

  @Test
  void readsHalfPrecisionOfBothKinds() throws IOException {
    short[] bfloat16 = {0x3fc0, (short) 0xc000, 0x7f80, 0};
    short[] float16 = {0x3e00, (short) 0xc000, 0x7c00, 0x0001};
    write(
        "half.safetensors",
        "{\"bf\":{\"dtype\":\"BF16\",\"shape\":[4],\"data_offsets\":[0,8]},"
            + "\"fp\":{\"dtype\":\"F16\",\"shape\":[2,2],\"data_offsets\":[8,16]}}",
        bfloat16,
        float16);

    try (TensorFiles files = TensorFiles.ofFile(directory.resolve("half.safetensors"))) {
      assertThat(values(files, "bf")).containsExactly(1.5f, -2, Float.POSITIVE_INFINITY, 0);
      assertThat(values(files, "fp")).containsExactly(1.5f, -2, Float.POSITIVE_INFINITY, 0x1p-24f);
      assertThat(files.values()).isEqualTo(8);
    }
  }

  @Test
  void everyFloat16IsWhatItsBitsSay() {
    for (int bits = 0; bits < 0x7c00; bits++) {
      int exponent = bits >> 10;
      double fraction = (bits & 0x3ff) / 1024.0;
      double expected =
          exponent == 0 ? Math.scalb(fraction, -14) : Math.scalb(1 + fraction, exponent - 15);
      assertThat(SafetensorsType.float16((short) bits)).isEqualTo((float) expected);
      assertThat(SafetensorsType.float16((short) (bits | 0x8000))).isEqualTo((float) -expected);
    }
    assertThat(SafetensorsType.float16((short) 0x7c01)).isNaN();
  }

  @Test
  void readsATensorBeyondTwoGigabytes() throws IOException {
    long begin = 3_000_000_000L;
    String header =
        "{\"first\":{\"dtype\":\"F32\",\"shape\":[750000000],\"data_offsets\":[0,%d]},"
            + "\"last\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[%d,%d]}}";
    byte[] json = header.formatted(begin, begin, begin + 8).getBytes(StandardCharsets.UTF_8);
    Path sparse = directory.resolve("model.safetensors");
    try (RandomAccessFile out = new RandomAccessFile(sparse.toFile(), "rw")) {
      out.writeLong(Long.reverseBytes(json.length));
      out.write(json);
      out.seek(Long.BYTES + json.length + begin);
      out.writeInt(Integer.reverseBytes(Float.floatToIntBits(1.5f)));
      out.writeInt(Integer.reverseBytes(Float.floatToIntBits(-2)));
    }

    try (TensorFiles files = TensorFiles.ofModel(directory)) {
      assertThat(values(files, "last")).containsExactly(1.5f, -2);
    }
  }

  @Test
  void readsATensorOfSeveralParts() throws IOException {
    short[] halves = new short[2_500_000];
    for (int i = 0; i < halves.length; i++) {
      halves[i] = (short) (0x3f80 + i % 7);
    }
    write(
        "model.safetensors",
        "{\"x\":{\"dtype\":\"BF16\",\"shape\":[2500,1000],\"data_offsets\":[0,5000000]}}",
        halves);

    try (TorchDevice device = TorchDevice.openCpu();
        TensorFiles files = TensorFiles.ofModel(directory)) {
      float[] onDevice =
          device.call(
              () -> {
                try (NDManager manager = device.newManager()) {
                  return files.read("x", new Shape(2500, 1000), manager).toFloatArray();
                }
              });
      assertThat(onDevice).isEqualTo(values(files, "x"));
      for (int i = 0; i < halves.length; i++) {
        assertThat(onDevice[i]).isEqualTo(Float.intBitsToFloat(halves[i] << 16));
      }
    }
  }

  @Test
  void readsShardsThroughTheirIndex() throws IOException {
    String header = "{\"%s\":{\"dtype\":\"BF16\",\"shape\":[1],\"data_offsets\":[0,2]}}";
    write("model-00001-of-00002.safetensors", header.formatted("x"), new short[] {0x3f80});
    write("model-00002-of-00002.safetensors", header.formatted("y"), new short[] {0x4000});
    Files.writeString(
        directory.resolve("model.safetensors.index.json"),
        "{\"weight_map\":{\"x\":\"model-00001-of-00002.safetensors\","
            + "\"y\":\"model-00002-of-00002.safetensors\"}}");

    try (TensorFiles files = TensorFiles.ofModel(directory)) {
      assertThat(values(files, "x")).containsExactly(1);
      assertThat(values(files, "y")).containsExactly(2);
      assertThatThrownBy(() -> files.shape("z")).hasMessageEndingWith("tensor z must be given");
    }
  }

  @Test
  void anIndexMayNotLeadOutOfItsDirectory() throws IOException {
    Files.writeString(
        directory.resolve("model.safetensors.index.json"),
        "{\"weight_map\":{\"x\":\"../secret.safetensors\"}}");

    assertThatThrownBy(() -> TensorFiles.ofModel(directory))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("weight_map.x must name a file beside the index");
  }

  @Test
  void namesWhatIsWrongWithAFile() throws IOException {
    assertRefused("file must exist");

    Files.write(directory.resolve("model.safetensors"), new byte[3]);
    assertRefused("safetensors must have at least 8 bytes, but has 3");

    Files.write(directory.resolve("model.safetensors"), new byte[] {-1, -1, -1, -1, 0, 0, 0, 0});
    assertRefused("header must have 2 to 0 bytes, but has 4294967295");

    write("model.safetensors", "nonsense");
    assertRefused("header must be JSON");

    write("model.safetensors", "{\"x\":{\"dtype\":\"I8\",\"shape\":[1],\"data_offsets\":[0,1]}}");
    assertRefused("tensor x must be F32, F16 or BF16, but is I8");

    write("model.safetensors", "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}");
    assertRefused("tensor x of 1 values must lie within the file's");

    write("model.safetensors", "{\"x\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[4,0]}}");
    assertRefused("tensor x of -1 values must lie within the file's");
  }

  private static float[] values(TensorFiles files, String name) {
    return files.read(name, files.shape(name));
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> TensorFiles.ofModel(directory))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("model.safetensors: " + message);
  }

  private void write(String name, String header, short[]... tensors) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    int values = 0;
    for (short[] tensor : tensors) {
      values += tensor.length;
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES + json.length + values * Short.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json);
    for (short[] tensor : tensors) {
      for (short value : tensor) {
        bytes.putShort(value);
      }
    }
    Files.write(directory.resolve(name), bytes.array());
  }
}
