package io.undertone.model.torch.memory.speaker;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.tokenizer.UtteranceCues;
import java.util.List;
import java.util.Optional;

/**
 * The inputs of a {@link SpeakerModel} for one utterance per memory.
 *
 * @param states of the decoder, (batch, width)
 * @param logits of the emotions without memory, (batch, classes)
 * @param voices voice cues, (batch, voiceWidth); zeros where none were measured
 * @param measured 1 where voice cues were measured, otherwise 0, (batch, 1)
 * @param otherSides last estimates of the other side, (batch, classes); zeros where there is none
 */
public record UtteranceEvidence(
    NDArray states, NDArray logits, NDArray voices, NDArray measured, NDArray otherSides) {

  /**
   * Weights of the logits of decoder and classifier. They are below 1, since both are overconfident
   * for speakers that they were not trained on. Chosen on development dialogues, clean and over
   * telephone lines.
   */
  private static final float DECODER_WEIGHT_WITH_VOICE = 0.2f;

  private static final float DECODER_WEIGHT = 0.3f;
  private static final float CLASSIFIER_WEIGHT = 0.5f;

  /**
   * Combines the decoder's output with the cues of the utterances. The logits are
   *
   * <pre>
   * 0.2 · decoder                       with voice cues, which include the classifier's
   * 0.3 · decoder + 0.5 · classifier    without voice cues
   * decoder                             without any cues
   * </pre>
   *
   * @param logits of the decoder, (batch, classes)
   * @param otherSides last estimates of the other side
   * @param voiceWidth number of voice cues; 0 for a memory without a voice model, which uses no
   *     cues at all
   * @throws IllegalArgumentException if voice cues have another width
   */
  public static UtteranceEvidence of(
      NDArray states,
      NDArray logits,
      List<UtteranceCues> cues,
      List<Optional<EmotionEstimate>> otherSides,
      int voiceWidth,
      NDManager step) {
    return new UtteranceEvidence(
        states,
        voiceWidth == 0 ? logits : combined(logits, cues, step),
        voices(cues, voiceWidth, step),
        measured(cues, voiceWidth, step),
        otherSides(otherSides, Math.toIntExact(logits.getShape().get(1)), step));
  }

  private static NDArray combined(NDArray logits, List<UtteranceCues> cues, NDManager step) {
    int classes = Math.toIntExact(logits.getShape().get(1));
    float[] decoderWeights = new float[cues.size()];
    float[] classifier = new float[cues.size() * classes];
    for (int row = 0; row < decoderWeights.length; row++) {
      float[] emotions = cues.get(row).emotions();
      if (cues.get(row).voice().length > 0) {
        decoderWeights[row] = DECODER_WEIGHT_WITH_VOICE;
      } else if (emotions.length > 0) {
        decoderWeights[row] = DECODER_WEIGHT;
        for (int emotion = 0; emotion < emotions.length; emotion++) {
          classifier[row * classes + emotion] = CLASSIFIER_WEIGHT * emotions[emotion];
        }
      } else {
        decoderWeights[row] = 1;
      }
    }
    return logits
        .mul(step.create(decoderWeights, new Shape(cues.size(), 1)))
        .add(step.create(classifier, new Shape(cues.size(), classes)));
  }

  private static NDArray voices(List<UtteranceCues> cues, int voiceWidth, NDManager step) {
    float[] voices = new float[cues.size() * voiceWidth];
    for (int row = 0; voiceWidth > 0 && row < cues.size(); row++) {
      float[] voice = cues.get(row).voice();
      if (voice.length != voiceWidth && voice.length != 0) {
        throw new IllegalArgumentException(
            "voice must have %d values or none, but has %d".formatted(voiceWidth, voice.length));
      }
      System.arraycopy(voice, 0, voices, row * voiceWidth, voice.length);
    }
    return step.create(voices, new Shape(cues.size(), voiceWidth));
  }

  private static NDArray measured(List<UtteranceCues> cues, int voiceWidth, NDManager step) {
    float[] measured = new float[cues.size()];
    for (int row = 0; voiceWidth > 0 && row < measured.length; row++) {
      measured[row] = cues.get(row).voice().length > 0 ? 1 : 0;
    }
    return step.create(measured, new Shape(measured.length, 1));
  }

  private static NDArray otherSides(
      List<Optional<EmotionEstimate>> otherSides, int classes, NDManager step) {
    float[] values = new float[otherSides.size() * classes];
    for (int row = 0; row < otherSides.size(); row++) {
      Optional<EmotionEstimate> otherSide = otherSides.get(row);
      if (otherSide.isPresent()) {
        System.arraycopy(otherSide.get().toArray(), 0, values, row * classes, classes);
      }
    }
    return step.create(values, new Shape(otherSides.size(), classes));
  }
}
