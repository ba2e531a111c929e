package io.undertone.evaluation.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.model.EmotionPrior;
import io.undertone.model.torch.device.DeviceExtension;
import io.undertone.model.torch.memory.LogitCorrection;
import io.undertone.model.torch.tokenizer.RandomClassifier;
import io.undertone.model.torch.tokenizer.SpeechTokens;
import io.undertone.model.torch.tokenizer.TokenClassifier;
import io.undertone.model.torch.tokenizer.UtteranceCues;
import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ClassifierEstimatesTest {
  private static final int[] CODES = {3, 0, 7};

  @RegisterExtension private final DeviceExtension device = new DeviceExtension();

  @TempDir private Path directory;

  @Test
  void cuesOfTheMemoryAreCorrectedByTemperatureAndPrior() {
    EmotionPrior calm = EmotionPrior.of(new double[] {0.1, 0.1, 0.1, 0.7});
    device.runWith(
        manager -> {
          ClassifierEstimates estimates =
              new ClassifierEstimates(
                  Optional.empty(), new LogitCorrection(2, EmotionPrior.UNIFORM, calm), manager);
          float[] logs = {ln(0.64), ln(0.16), ln(0.16), ln(0.04)};

          float[] estimate =
              estimates
                  .of(new SpeechTokens(CODES, 25, new UtteranceCues(new float[0], logs)))
                  .orElseThrow()
                  .toArray();

          // Roots 0.8, 0.4, 0.4 and 0.2, times the priors.
          assertThat(estimate)
              .containsExactly(
                  new float[] {8 / 30f, 4 / 30f, 4 / 30f, 14 / 30f}, Offset.offset(1e-5f));
        });
  }

  private static float ln(double probability) {
    return (float) Math.log(probability);
  }

  @Test
  void withoutCuesTheTokensAreClassified() {
    RandomClassifier.write(directory, 4, 5);
    device.runWith(
        manager -> {
          TokenClassifier classifier = TokenClassifier.load(directory, 20, manager).orElseThrow();
          SpeechTokens tokens = new SpeechTokens(CODES, 25);

          assertThat(
                  new ClassifierEstimates(Optional.of(classifier), LogitCorrection.NONE, manager)
                      .of(tokens)
                      .orElseThrow()
                      .toArray())
              .containsExactly(classifier.estimate(CODES).toArray(), Offset.offset(1e-5f));
          assertThat(
                  new ClassifierEstimates(Optional.empty(), LogitCorrection.NONE, manager)
                      .of(tokens))
              .isEmpty();
        });
  }
}
