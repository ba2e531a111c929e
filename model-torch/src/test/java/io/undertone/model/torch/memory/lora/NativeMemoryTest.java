package io.undertone.model.torch.memory.lora;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.device.TorchDevice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Native memory must stay flat over many calls whose memories are closed at their end. */
class NativeMemoryTest {
  private static final int CALLS_AT_ONCE = 16;
  private static final int UTTERANCES_A_CALL = 10;
  private static final int CALLS = 256;
  private static final long GROWTH_BYTES = 24L << 20;

  @Test
  void nativeMemoryStaysFlatOverThousandsOfUpdates() {
    try (TorchDevice device = TorchDevice.openCpu()) {
      NDManager manager = device.newManager();
      LoraMemoryEngine engine = device.call(() -> LoraMemoryEngineTest.tinyMemory(manager, 16));
      recognizeCalls(device, engine, CALLS / 4);
      int arraysBefore = device.liveArrays();
      long bytesBefore = residentBytes();

      int updates = recognizeCalls(device, engine, CALLS);

      assertThat(updates).isEqualTo(CALLS * UTTERANCES_A_CALL);
      assertThat(device.liveArrays()).isEqualTo(arraysBefore);
      assertThat(residentBytes() - bytesBefore).isLessThan(GROWTH_BYTES);
      device.run(manager::close);
    }
  }

  private static int recognizeCalls(TorchDevice device, LoraMemoryEngine engine, int calls) {
    int updates = 0;
    for (int call = 0; call < calls; call += CALLS_AT_ONCE) {
      int seed = call;
      updates += device.call(() -> recognizeTogether(engine, seed));
    }
    System.gc();
    return updates;
  }

  private static int recognizeTogether(LoraMemoryEngine engine, int seed) {
    List<TemporaryLora> memories = new ArrayList<>();
    for (int i = 0; i < CALLS_AT_ONCE; i++) {
      memories.add(engine.newMemory(seed + i));
    }
    int updates = 0;
    for (int i = 0; i < UTTERANCES_A_CALL; i++) {
      List<int[]> utterances = LoraMemoryEngineTest.utterances(seed * 31L + i, CALLS_AT_ONCE);
      updates += LoraMemoryEngineTest.recognize(engine, memories, utterances).size();
    }
    memories.forEach(TemporaryLora::close);
    return updates;
  }

  private static long residentBytes() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) << 10;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("/proc/self/status must have VmRSS");
  }
}
