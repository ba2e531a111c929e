package io.undertone.training.tokenizer;

import io.undertone.training.corpus.Clip;
import io.undertone.training.sampling.LabelTargets;

/**
 * Targets of the decoder: the mean of the label's target and the classifier's probabilities
 * (distillation, Hinton et al. 2015). The classifier reads the whole utterance in both directions
 * and conveys how certain one can be of it.
 *
 * @param targets of the labels
 */
record SoftTargets(LabelTargets targets) {

  private static final float TEACHER_WEIGHT = 0.5f;

  /**
   * Target probabilities, (labels).
   *
   * @param logits of the classifier, (labels)
   */
  float[] of(Clip clip, float[] logits) {
    return mixed(targets.of(clip), softmax(logits));
  }

  private static float[] mixed(float[] label, double[] teacher) {
    float[] mixed = new float[label.length];
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] = (float) ((1 - TEACHER_WEIGHT) * label[i] + TEACHER_WEIGHT * teacher[i]);
    }
    return mixed;
  }

  private static double[] softmax(float[] logits) {
    double sum = 0;
    double[] probabilities = new double[logits.length];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = Math.exp(logits[i]);
      sum += probabilities[i];
    }
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] /= sum;
    }
    return probabilities;
  }
}
