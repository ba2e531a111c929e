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

  private NDArray nextTokenLoss(NDArray stream, SequenceBatch.NextTokens next) {
    return SequenceLosses.nextTokens(
        next, stream.getManager(), positions -> llama.logits(llama.at(stream, positions)));
  }

  /** L_e or L_w. */
  private NDArray labelLoss(NDArray stream, SequenceBatch.Labels targets, NDArray rows) {
    return SequenceLosses.labels(
        targets, stream.getManager(), positions -> llama.logits(llama.at(stream, positions), rows));
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
