package io.undertone.model.torch.training;

import io.undertone.model.torch.tokenizer.Delivery;
import io.undertone.model.torch.tokenizer.SpeechTokens;
import io.undertone.model.torch.tokenizer.TokenClassifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the language model shall say of a take: half what the clip was labelled with, smoothed, and
 * half what the token classifier hears in the take's own tokens (distillation, Hinton et al. 2015).
 * The classifier hears both ways in time, and tells how sure one can be.
 */
final class WantedLabels {

  private static final float LABEL_SMOOTHING = 0.1f;
  private static final float TEACHING = 0.5f;

  private final List<String> labels;
  private final Optional<TokenClassifier> teacher;

  /**
   * @param teacher tells the same labels apart
   */
  WantedLabels(List<String> labels, Optional<TokenClassifier> teacher) {
    this.labels = labels;
    this.teacher = teacher;
    teacher.ifPresent(
        classifier -> {
          if (!classifier.labels().equals(labels)) {
            throw new TrainingException(
                "the classifier must tell " + labels + " apart, but tells " + classifier.labels());
          }
        });
  }

  /**
   * What is wanted of each take, which is delivered as the teacher hears it.
   *
   * @param label of the clip
   * @param takes its tokens
   */
  List<Take> of(String label, List<SpeechTokens> takes) {
    float[] smoothed = smoothed(labels.indexOf(label));
    List<Take> wanted = new ArrayList<>();
    if (teacher.isEmpty()) {
      takes.forEach(take -> wanted.add(new Take(take.ids(), take.delivery(), smoothed)));
      return wanted;
    }
    float[][] heard = teacher.get().logits(takes.stream().map(SpeechTokens::ids).toList());
    for (int i = 0; i < heard.length; i++) {
      SpeechTokens take = takes.get(i);
      float[] emotions = teacher.get().logProbabilities(heard[i]);
      wanted.add(
          new Take(
              take.ids(),
              new Delivery(take.delivery().voice(), emotions),
              mixed(smoothed, softmax(heard[i]))));
    }
    return wanted;
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
