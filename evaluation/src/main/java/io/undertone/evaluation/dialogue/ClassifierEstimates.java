package io.undertone.evaluation.dialogue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.memory.LogitCorrection;
import io.undertone.model.torch.tokenizer.SpeechTokens;
import io.undertone.model.torch.tokenizer.TokenClassifier;
import java.util.List;
import java.util.Optional;

/**
 * Estimates by a model's classifier alone, corrected as the model's own. Where the classifier's
 * log-probabilities are cues of the memory, the tokenizer has computed them. Runs on the device's
 * owner thread.
 *
 * @param ofTokens reads the tokens of utterances without such cues; empty if the model has none
 * @param manager of the device
 */
record ClassifierEstimates(
    Optional<TokenClassifier> ofTokens, LogitCorrection correction, NDManager manager) {

  /** The estimate for an utterance of at least one token; empty if the model has no classifier. */
  Optional<EmotionEstimate> of(SpeechTokens utterance) {
    float[] known = utterance.cues().emotions();
    if (known.length > 0) {
      return Optional.of(corrected(known));
    }
    return ofTokens.map(
        classifier ->
            corrected(classifier.logProbabilities(classifier.logits(List.of(utterance.ids()))[0])));
  }

  private EmotionEstimate corrected(float[] logProbabilities) {
    try (NDManager step = manager.newSubManager()) {
      NDArray logits = step.create(logProbabilities, new Shape(1, logProbabilities.length));
      return new EmotionEstimate(correction.of(logits).softmax(1).toFloatArray());
    }
  }
}
