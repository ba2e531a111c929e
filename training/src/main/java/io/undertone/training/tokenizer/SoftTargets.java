package io.undertone.training.tokenizer;

import io.undertone.model.torch.tokenizer.TokenClassifier;
import io.undertone.training.TrainingException;
import java.util.List;

/**
 * Targets of the decoder: the mean of the smoothed label and the token classifier's probabilities
 * (distillation, Hinton et al. 2015). The classifier reads the whole utterance in both directions
 * and conveys how certain one can be of it.
 */
public final class SoftTargets {

  private static final float LABEL_SMOOTHING = 0.1f;
  private static final float TEACHER_WEIGHT = 0.5f;

  private final List<String> labels;
  private final TokenClassifier teacher;

  /**
   * @param teacher a classifier of the same labels
   */
  public SoftTargets(List<String> labels, TokenClassifier teacher) {
    if (!teacher.labels().equals(labels)) {
      throw new TrainingException(
          "the classifier's labels must be " + labels + ", but are " + teacher.labels());
    }
    this.labels = labels;
    this.teacher = teacher;
  }

  /**
   * Target probabilities, (labels).
   *
   * @param label of the clip
   * @param codes its tokens
   */
  float[] of(String label, int[] codes) {
    return mixed(smoothed(labels.indexOf(label)), softmax(teacher.logits(List.of(codes))[0]));
  }

  private float[] smoothed(int label) {
    float[] target = new float[labels.size()];
    for (int i = 0; i < target.length; i++) {
      target[i] = LABEL_SMOOTHING / target.length + (i == label ? 1 - LABEL_SMOOTHING : 0);
    }
    return target;
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
