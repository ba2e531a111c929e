package io.undertone.bench.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WorkTest {
  private static ModelShape shape(int layers) {
    // Width 2, feed-forward 3, a LoRA of 5 numbers in all, prefix and window of 4 tokens.
    return new ModelShape("tiny", 7, 2, layers, 3, 2, 2, 5, 0, 4, 4, 4);
  }

  @Test
  void countsEachProduct() {
    // Tokens learned: 4 + 2 - 1. Weights of the layer: 4 * 4 + 3 * 2 * 3 = 34.
    double projections = 2 * 5 * 34;
    double attention = 4 * 5 * 5 * 2;
    double lora = 2 * 5 * 5;
    double head = 2 * 2 * 2 * 7;
    double spared = 2 * 5 * 2 * (2 + 4) + 6 * 5 * 5 * 2;
    double forward = projections + attention + lora + head;
    double backward = projections + 2 * attention + 2 * lora + head - spared;
    double estimate = 2 * 4 * 34 + 4 * 4 * 4 * 2 + 2 * 4 * 5;

    assertThat(new Work(shape(1)).flopsPerUtterance(2))
        .isCloseTo(forward + backward + estimate, within(1e-9));
  }

  @Test
  void aMemoryThatLearnsNoTokensCostsOnePassOverTheWindow() {
    ModelShape shape = new ModelShape("tiny", 7, 2, 1, 3, 2, 2, 5, 0, 0, 4, 4);

    assertThat(new Work(shape).flopsPerUtterance(2))
        .isCloseTo(2 * 4 * 34 + 4 * 4 * 4 * 2 + 2 * 4 * 5, within(1e-9));
  }

  @Test
  void theDefaultModelNeedsLessThanHalfABillion() {
    ModelShape shape = ModelShape.read(Path.of("../models/undertone-small"));

    assertThat(new Work(shape).flopsPerUtterance(75)).isBetween(3.5e8, 4e8);
  }
}
