package io.undertone.training.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.Emotion;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.memory.Vocabulary;
import io.undertone.training.optimization.TrainableWeights;

/**
 * The decoder's loss {@code L = (L_a + L_e + L_w) / 2}: next token (L_a) and emotion at the end of
 * each utterance (L_e) as in arXiv 2507.09076, and emotion within the utterance (L_w).
 */
final class DecoderLoss {

  private final Llama llama;
  private final Vocabulary vocabulary;
  private final int labels;
  private final TrainableWeights weights;
  private final NDArray half;

  /**
   * @param labels number of training labels; the model's emotions come first
   * @param weights hold the rows of the head that are discarded after training
   */
  DecoderLoss(
      Llama llama, Vocabulary vocabulary, int labels, TrainableWeights weights, NDManager manager) {
    this.llama = llama;
    this.vocabulary = vocabulary;
    this.labels = labels;
    this.weights = weights;
    this.half = manager.create(0.5f);
  }

  /**
   * The loss of a batch, a scalar.
   *
   * @param stream (batch, time, width), the decoder's output
   */
  NDArray of(NDArray stream, SequenceBatch batch) {
    return nextTokenLoss(stream, batch.nextTokens())
        .add(
            labelLoss(
                stream,
                batch.labels(TrainingSequence::utteranceEnds),
                labelRows(stream.getManager())))
        .add(labelLoss(stream, batch.labels(TrainingSequence::withinUtterances), withinRows()))
        .mul(half);
  }

  /** L_a: mean cross entropy of the next tokens. */
  private NDArray nextTokenLoss(NDArray stream, SequenceBatch.NextTokens next) {
    NDManager scope = stream.getManager();
    NDArray logits = llama.logits(llama.at(stream, scope.create(next.positions())));
    NDArray ids = scope.create(next.ids()).expandDims(1);
    return logits.logSoftmax(-1).gather(ids, 1).mean().neg();
  }

  /** L_e or L_w: mean cross entropy of the target probabilities; 0 without any target. */
  private NDArray labelLoss(NDArray stream, SequenceBatch.Labels targets, NDArray rows) {
    NDManager scope = stream.getManager();
    int count = targets.probabilities().size();
    if (count == 0) {
      return scope.zeros(new Shape());
    }
    NDArray logits = llama.logits(llama.at(stream, scope.create(targets.positions())), rows);
    float[] weighted = new float[count * labels];
    for (int row = 0; row < count; row++) {
      for (int label = 0; label < labels; label++) {
        weighted[row * labels + label] = targets.probabilities().get(row)[label] / count;
      }
    }
    NDArray probabilities = scope.create(weighted, new Shape(count, labels)).duplicate();
    return logits.logSoftmax(-1).mul(probabilities).sum().neg();
  }

  /**
   * The head's rows of the emotion tokens, followed by rows for the other labels, which are
   * discarded after training: predicting more labels improves the states. (labels, width)
   */
  private NDArray labelRows(NDManager scope) {
    long[] tokens = vocabulary.emotions().stream().mapToLong(Integer::longValue).toArray();
    NDArray emotions = llama.headRows(scope.create(tokens));
    int others = labels - Emotion.values().length;
    return others == 0 ? emotions : emotions.concat(discarded("other_labels.weight", others), 0);
  }

  /**
   * The rows of L_w, which are discarded after training. Utterance ends are only one position in
   * seventy; predicting the emotion early helps the decoder learn its cues sooner. (labels, width)
   */
  private NDArray withinRows() {
    return discarded("within_utterances.weight", labels);
  }

  private NDArray discarded(String name, int rows) {
    int width = llama.config().width();
    return weights.get(name, new Shape(rows, width), width);
  }
}
