package io.undertone.bench.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.model.ChannelMemory;
import io.undertone.model.EmotionPrior;
import io.undertone.model.MemoryCodec;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.recognizer.ModelHandle;
import io.undertone.model.torch.TorchModelFactory;
import io.undertone.operators.recognize.RecognizeOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ModelShapeTest {
  private static final double GIB = 1L << 30;
  private static final Path SMALL = Path.of("../models/undertone-small");

  @Test
  void readsTheDefaultModelsShapeFromItsFolder() {
    ModelShape shape = ModelShape.read(SMALL);

    assertThat(shape.name()).isEqualTo("undertone-small");
    // Decoder, encoder and classifier, all float32 in their files.
    assertThat((double) shape.weightBytes()).isCloseTo(71.7e6, within(0.1e6));
  }

  @Test
  void memorySizesEqualThoseOfTheModel() {
    ModelShape shape = ModelShape.read(SMALL);

    try (ModelHandle handle = new TorchModelFactory(SMALL.toString(), EmotionPrior.UNIFORM).open();
        ChannelMemory memory = handle.model().newMemory(1)) {
      MemorySnapshot snapshot = memory.snapshot();
      int numbers = snapshot.tensors().stream().mapToInt(tensor -> tensor.values().length).sum();
      assertThat(shape.memoryBytes()).isEqualTo((long) Float.BYTES * numbers);
      // A new memory's history is the begin token.
      int lastTokensBytes = Integer.BYTES * (shape.memory().windowTokens() - 1);
      int encodedBytes = MemoryCodec.encode(snapshot, RecognizeOptions.defaults().saving()).length;
      assertThat(encodedBytes + lastTokensBytes - shape.stateBytes()).isBetween(0L, 200L);
    }
  }

  @Test
  void llamaHasSevenBillionWeights() {
    ModelShape shape = ModelShape.llama2With7Billion(64);

    assertThat(shape.weightBytes() / 2 / 1e9).isCloseTo(6.74, within(0.01));
    assertThat(shape.memoryBytes() / GIB).isCloseTo(0.375, within(0.001));
    assertThat(ModelShape.llama2With7Billion(8).memoryBytes()).isEqualTo(shape.memoryBytes() / 8);
  }
}
