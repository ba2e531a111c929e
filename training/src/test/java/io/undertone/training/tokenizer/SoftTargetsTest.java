package io.undertone.training.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.model.Emotion;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Split;
import io.undertone.training.sampling.LabelTargets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SoftTargetsTest {

  private static final List<String> LABELS = List.of("hap", "sad", "ang", "neu", "fear");

  @Test
  void averagesTheSmoothedLabelAndTheTeachersProbabilities() {
    float[] logits = {0.5f, 1, -1, 2, 0};
    Clip sad =
        new Clip(
            "a.wav",
            "one",
            "one/1",
            "sadness",
            Optional.of(Emotion.SAD),
            Optional.empty(),
            Split.TRAIN);

    float[] target = new SoftTargets(new LabelTargets(LABELS)).of(sad, logits);

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
}
