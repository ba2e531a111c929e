package io.undertone.training.tokenizer;

import io.undertone.model.torch.tokenizer.TokenClassifier;
import io.undertone.training.TrainingException;
import java.util.List;

/**
 * What the language model shall say of a take: half what the clip was labelled with, smoothed, and
 * half what the token classifier hears in the take's own tokens (distillation, Hinton et al. 2015).
 * The classifier hears both ways in time, and tells how sure one can be.
 */
public final class WantedLabels {

  private static final float LABEL_SMOOTHING = 0.1f;
  private static final float TEACHING = 0.5f;

  private final List<String> labels;
  private final TokenClassifier teacher;

  /**
   * @param teacher tells the same labels apart
   */
  public WantedLabels(List<String> labels, TokenClassifier teacher) {
    if (!teacher.labels().equals(labels)) {
      throw new TrainingException(
          "the classifier must tell " + labels + " apart, but tells " + teacher.labels());
    }
    this.labels = labels;
    this.teacher = teacher;
  }

  /**
   * What is wanted of a take, label by label.
   *
   * @param label of the clip
   * @param codes the take's tokens
   */
  float[] of(String label, int[] codes) {
    return mixed(smoothed(labels.indexOf(label)), softmax(teacher.logits(List.of(codes))[0]));
  }

  private float[] smoothed(int label) {
    float[] shares = new float[labels.size()];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = LABEL_SMOOTHING / shares.length + (i == label ? 1 - LABEL_SMOOTHING : 0);
    }
    return shares;
  }

  private static float[] mixed(float[] labelled, double[] heard) {
    float[] mixed = new float[labelled.length];
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] = (float) ((1 - TEACHING) * labelled[i] + TEACHING * heard[i]);
    }
    return mixed;
  }

  private static double[] softmax(float[] logits) {
    double sum = 0;
    double[] shares = new double[logits.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = Math.exp(logits[i]);
      sum += shares[i];
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= sum;
    }
    return shares;
  }
}
