package io.undertone.bench.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.bench.plan.TokenizerWork.Pretrained;
import io.undertone.model.torch.encoder.WhisperConfig;
import io.undertone.model.torch.memory.MemoryCost;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class WorkTest {
  private static final double ENCODER = 2 * 2 * 11;

  /** Keys and values of 4 tokens, all else of one: 8 + 26 weights, and its scores. */
  private static final double LAST_LAYER = 2 * 4 * 8 + 2 * 26 + 4 * 4 * 2;

  private static ModelShape shape(int layers) {
    return shape(layers, OptionalInt.of(4));
  }

  private static ModelShape shape(int layers, OptionalInt prefixTokens) {
    // Width 2, feed-forward 3, a LoRA of 6 numbers in all, window of 4 tokens, encoder of 11
    // weights.
    MemoryCost memory = new MemoryCost(6, 24, 0, 4, prefixTokens);
    TokenizerWork tokenizer = new TokenizerWork(11, Optional.empty());
    return new ModelShape("tiny", 7, 2, layers, 3, 2, 2, memory, tokenizer, 0);
  }

  @Test
  void countsEachProduct() {
    // Tokens learned: 4 + 2 - 1. Weights of the layer: 4 * 4 + 3 * 2 * 3 = 34.
    double projections = 2 * 5 * 34;
    double attention = 4 * 5 * 5 * 2;
    double lora = 2 * 5 * 6;
    double head = 2 * 2 * 2 * 7;
    double firstLayerSaving = 2 * 5 * 2 * (2 + 4) + 6 * 5 * 5 * 2;
    double forward = projections + attention + lora + head;
    double backward = projections + 2 * attention + 2 * lora + head - firstLayerSaving;

    assertThat(new Work(shape(1)).flopsPerUtterance(2))
        .isCloseTo(ENCODER + LAST_LAYER + forward + backward, within(1e-9));
  }

  @Test
  void aPretrainedEncoderHasTwoRowsForEachToken() {
    // Two bands, width 2, feed-forward 3; first convolution at twice the rows' rate.
    WhisperConfig config = new WhisperConfig(2, 2, 4, 1, 3, 100);
    TokenizerWork work = new TokenizerWork(11, Optional.of(new Pretrained(config, 3)));

    double convolutions = 2 * 3 * 2 * 2 + 3 * 2 * 2;
    double layer = 4 * 2 * 2 + 2 * 2 * 3 + 2 * 10 * 2;
    assertThat(work.flops(5))
        .isCloseTo(2 * 5 * 11 + 2 * 10 * (convolutions + 3 * layer), within(1e-9));
  }

  @Test
  void aMemoryThatLearnsNoTokensCostsOnePassOverTheWindow() {
    double firstLayer = 2 * 4 * 34 + 4 * 4 * 4 * 2 + 2 * 4 * 3;

    assertThat(new Work(shape(1, OptionalInt.empty())).flopsPerUtterance(2))
        .isCloseTo(ENCODER + LAST_LAYER, within(1e-9));
    assertThat(new Work(shape(2, OptionalInt.empty())).flopsPerUtterance(2))
        .isCloseTo(ENCODER + firstLayer + LAST_LAYER, within(1e-9));
  }

  @Test
  void theDefaultModelNeedsFiveBillionOperations() {
    ModelShape shape = ModelShape.read(Path.of("../models/undertone-small"));

    assertThat(new Work(shape).flopsPerUtterance(75)).isBetween(4.6e9, 4.8e9);
  }
}
