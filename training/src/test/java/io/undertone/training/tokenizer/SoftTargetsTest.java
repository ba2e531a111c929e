package io.undertone.training.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.tokenizer.ClassifierConfig;
import io.undertone.model.torch.tokenizer.ClassifierNetwork;
import io.undertone.model.torch.tokenizer.TokenClassifier;
import io.undertone.training.TrainingException;
import io.undertone.training.optimization.TrainableWeights;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoftTargetsTest {

  private static final List<String> LABELS = List.of("hap", "sad", "ang", "neu", "fear");
  private static final int[] CODES = {4, 5, 6, 7, 8};

  @TempDir Path directory;

  @Test
  void averagesTheSmoothedLabelAndTheTeachersProbabilities() {
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              TokenClassifier teacher = teacher(manager);

              float[] target = new SoftTargets(LABELS, teacher).of("sad", CODES);

              float[] logits = teacher.logits(List.of(CODES))[0];
              double sum = 0;
              for (float logit : logits) {
                sum += Math.exp(logit);
              }
              for (int label = 0; label < LABELS.size(); label++) {
                double labelled = label == 1 ? 0.92 : 0.02;
                double taught = Math.exp(logits[label]) / sum;
                assertThat((double) target[label]).isCloseTo((labelled + taught) / 2, within(1e-6));
              }
            }
          });
    }
  }

  @Test
  void rejectsATeacherOfOtherLabels() {
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              TokenClassifier teacher = teacher(manager);
              assertThatThrownBy(
                      () -> new SoftTargets(List.of("hap", "sad", "ang", "neu"), teacher))
                  .isInstanceOf(TrainingException.class)
                  .hasMessageContaining("labels must be [hap, sad, ang, neu], but are");
            }
          });
    }
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
