package io.undertone.model.torch.memory.speaker;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.tokenizer.UtteranceCues;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The inputs of a {@link SpeakerModel} for one utterance per memory.
 *
 * @param states of the decoder, (batch, width)
 * @param logits of the emotions without memory, (batch, classes)
 * @param voices voice cues, (batch, voiceWidth); zeros where none were measured
 * @param measured 1 where voice cues were measured, otherwise 0, (batch, 1)
 * @param otherSides last estimates of the other side, (batch, classes); uniform where there is none
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
    int rows = cues.size();
    int classes = Math.toIntExact(logits.getShape().get(1));
    float[] voices = new float[rows * voiceWidth];
    float[] measured = new float[rows];
    float[] decoderWeights = new float[rows];
    float[] classifier = new float[rows * classes];
    for (int row = 0; voiceWidth > 0 && row < rows; row++) {
      float[] voice = cues.get(row).voice();
      float[] emotions = cues.get(row).emotions();
      if (voice.length != voiceWidth && voice.length != 0) {
        throw new IllegalArgumentException(
            "voice must have %d values or none, but has %d".formatted(voiceWidth, voice.length));
      }
      if (voice.length > 0) {
        System.arraycopy(voice, 0, voices, row * voiceWidth, voiceWidth);
        measured[row] = 1;
        decoderWeights[row] = DECODER_WEIGHT_WITH_VOICE;
      } else {
        decoderWeights[row] = emotions.length > 0 ? DECODER_WEIGHT : 1;
        for (int emotion = 0; emotion < emotions.length; emotion++) {
          classifier[row * classes + emotion] = CLASSIFIER_WEIGHT * emotions[emotion];
        }
      }
    }
    NDArray combined =
        voiceWidth == 0
            ? logits
            : logits
                .mul(step.create(decoderWeights, new Shape(rows, 1)))
                .add(step.create(classifier, new Shape(rows, classes)));
    return new UtteranceEvidence(
        states,
        combined,
        step.create(voices, new Shape(rows, voiceWidth)),
        step.create(measured, new Shape(rows, 1)),
        step.create(values(otherSides, classes), new Shape(rows, classes)));
  }

  /** Uniform for a side that has no estimate. */
  private static float[] values(List<Optional<EmotionEstimate>> otherSides, int classes) {
    float[] values = new float[otherSides.size() * classes];
    Arrays.fill(values, 1f / classes);
    for (int row = 0; row < otherSides.size(); row++) {
      Optional<EmotionEstimate> otherSide = otherSides.get(row);
      if (otherSide.isPresent()) {
        System.arraycopy(otherSide.get().toArray(), 0, values, row * classes, classes);
      }
    }
    return values;
  }
}
