package io.undertone.bench.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ModelShapeTest {
  private static final double GIB = 1L << 30;

  @Test
  void theDefaultModelIsWhatItsFolderSays() {
    ModelShape shape = ModelShape.read(Path.of("../models/undertone-small"));

    assertThat(shape.name()).isEqualTo("undertone-small");
    // One factor, 4 emotions by rank 8.
    assertThat(shape.memoryBytes()).isEqualTo(4L * 4 * 8);
    assertThat((double) shape.weightBytes()).isCloseTo(8.6e6, within(0.2e6));
  }

  @Test
  void llamaHasItsSevenBillionWeights() {
    ModelShape shape = ModelShape.llama2With7Billion(64);

    assertThat(shape.weightBytes() / 2 / 1e9).isCloseTo(6.74, within(0.01));
    assertThat(shape.memoryBytes() / GIB).isCloseTo(0.375, within(0.001));
    assertThat(ModelShape.llama2With7Billion(8).memoryBytes()).isEqualTo(shape.memoryBytes() / 8);
  }
}
