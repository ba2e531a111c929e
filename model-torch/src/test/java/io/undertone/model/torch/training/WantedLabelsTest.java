package io.undertone.model.torch.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.tokenizer.ClassifierConfig;
import io.undertone.model.torch.tokenizer.ClassifierNetwork;
import io.undertone.model.torch.tokenizer.SpeechTokens;
import io.undertone.model.torch.tokenizer.TokenClassifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WantedLabelsTest {

  private static final List<String> LABELS = List.of("hap", "sad", "ang", "neu", "fear");
  private static final int[] SHORT = {1, 2, 3};
  private static final int[] LONG = {4, 5, 6, 7, 8};

  @TempDir Path directory;

  @Test
  void withoutATeacherTheLabelIsWantedSmoothed() {
    List<Take> takes = new WantedLabels(LABELS, Optional.empty()).of("ang", List.of(spoken(SHORT)));

    assertThat(takes).singleElement().satisfies(take -> assertThat(take.codes()).isEqualTo(SHORT));
    assertThat(takes.get(0).wanted())
        .containsExactly(new float[] {0.02f, 0.02f, 0.92f, 0.02f, 0.02f}, within(1e-6f));
  }

  @Test
  void aTeacherIsHeardInEachTakeHalfAndHalf() {
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              TokenClassifier teacher = teacher(manager);
              WantedLabels wanted = new WantedLabels(LABELS, Optional.of(teacher));

              List<Take> takes = wanted.of("sad", List.of(spoken(SHORT), spoken(LONG)));

              float[][] heard = teacher.logits(List.of(SHORT, LONG));
              for (int row = 0; row < 2; row++) {
                double sum = 0;
                for (float logit : heard[row]) {
                  sum += Math.exp(logit);
                }
                for (int label = 0; label < LABELS.size(); label++) {
                  double labelled = label == 1 ? 0.92 : 0.02;
                  double taught = Math.exp(heard[row][label]) / sum;
                  assertThat((double) takes.get(row).wanted()[label])
                      .isCloseTo((labelled + taught) / 2, within(1e-6));
                }
              }
              assertThat(takes.get(0).wanted()).isNotEqualTo(takes.get(1).wanted());
            }
          });
    }
  }

  @Test
  void aTeacherOfOtherLabelsIsRefused() {
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              TokenClassifier teacher = teacher(manager);
              assertThatThrownBy(
                      () ->
                          new WantedLabels(
                              List.of("hap", "sad", "ang", "neu"), Optional.of(teacher)))
                  .isInstanceOf(TrainingException.class)
                  .hasMessageContaining("[hap, sad, ang, neu] apart, but tells");
            }
          });
    }
  }

  private static SpeechTokens spoken(int[] codes) {
    return new SpeechTokens(codes, 25);
  }

  /** With random weights. */
  private TokenClassifier teacher(NDManager manager) {
    ClassifierConfig config = new ClassifierConfig(new int[] {3, 3}, 8, 4, LABELS);
    TrainableWeights weights = new TrainableWeights(manager, new Random(7));
    NDArray values = manager.ones(new Shape(1, 2, 2));
    new ClassifierNetwork(weights, config, manager)
        .logits(values, manager.ones(new Shape(1, 2)), dropped -> dropped);
    TokenClassifier.save(directory, config, weights.select(name -> true));
    return TokenClassifier.load(directory, 9, manager).orElseThrow();
  }
}
