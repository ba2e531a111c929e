package io.undertone.model.torch;

import io.undertone.model.MemoryCodec;
import io.undertone.model.MemoryEncoding;
import io.undertone.model.MemoryEncoding.OptimizerState;
import io.undertone.model.MemoryEncoding.Weights;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.MemorySnapshot.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Saves memories for {@link SavedMemoriesTest}. Its name keeps it out of the build; a version whose
 * memories are written in another way runs it once, with a name of the version's own:
 *
 * <pre>mvn test -pl model-torch -am -Dtest=SavedMemoriesRecorder -Dfixture=0.1.0-b0f08fd \
 *     -Dsurefire.failIfNoSpecifiedTests=false</pre>
 */
class SavedMemoriesRecorder {
  @ParameterizedTest
  @EnumSource
  void record(MemoryFixture fixture, @TempDir Path modelFolder) throws IOException {
    Path folder =
        MemoryFixture.FOLDER
            .resolve(System.getProperty("fixture"))
            .resolve(fixture.name().toLowerCase(Locale.ROOT));
    Files.createDirectories(folder);
    try (TorchEmotionModel model = fixture.openModel(modelFolder)) {
      for (Map.Entry<String, byte[]> one : encodings(fixture.learn(model)).entrySet()) {
        MemorySnapshot saved = MemoryCodec.decode(one.getValue());
        Files.write(folder.resolve(one.getKey() + ".bin"), one.getValue());
        RecordedMemory.of(saved, fixture.goOn(model, saved))
            .write(folder.resolve(one.getKey() + ".json"));
      }
    }
  }

  private static Map<String, byte[]> encodings(MemorySnapshot memory) throws IOException {
    Map<String, byte[]> encodings = new LinkedHashMap<>();
    encodings.put("v1", version1(memory));
    encodings.put("v2-fp32-kept", encode(memory, Weights.FP32, OptimizerState.KEPT));
    encodings.put("v2-bf16-dropped", encode(memory, Weights.BF16, OptimizerState.DROPPED));
    encodings.put("v2-int8-factored", encode(memory, Weights.INT8, OptimizerState.FACTORED));
    return encodings;
  }

  private static byte[] encode(MemorySnapshot memory, Weights weights, OptimizerState state) {
    return MemoryCodec.encode(memory, new MemoryEncoding(weights, state));
  }

  /** As {@link MemoryCodec} documents version 1, which no code writes any more. */
  private static byte[] version1(MemorySnapshot memory) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0x55544d4d);
    out.writeShort(1);
    out.writeInt(0); // the length, which is not known yet
    out.writeUTF(memory.modelFingerprint());
    out.writeInt(memory.updateStep());
    writeInts(out, memory.history().length, memory.history());
    out.writeInt(memory.tensors().size());
    for (Tensor tensor : memory.tensors()) {
      out.writeUTF(tensor.name());
      out.writeByte(tensor.shape().length);
      for (int dimension : tensor.shape()) {
        out.writeInt(dimension);
      }
      out.writeByte(0);
      for (float value : tensor.values()) {
        out.writeFloat(value);
      }
    }
    ByteBuffer whole = ByteBuffer.wrap(bytes.toByteArray()).putInt(6, bytes.size() + Integer.BYTES);
    CRC32C crc = new CRC32C();
    crc.update(whole.array());
    out.writeInt((int) crc.getValue());
    return ByteBuffer.wrap(bytes.toByteArray()).putInt(6, bytes.size()).array();
  }

  private static void writeInts(DataOutputStream out, int count, int[] values) throws IOException {
    out.writeInt(count);
    for (int value : values) {
      out.writeInt(value);
    }
  }
}
