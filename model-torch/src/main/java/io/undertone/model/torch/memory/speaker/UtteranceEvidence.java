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

  /** For utterances without voice cues; chosen on development dialogues, clean and over lines. */
  private static final EvidenceWeights WITHOUT_VOICE = new EvidenceWeights(0.3, 0.5);

  private static final EvidenceWeights WITHOUT_CUES = new EvidenceWeights(1, 0);

  /**
   * Combines the decoder's output with the cues of the utterances. The logits are
   *
   * <pre>
   * a · decoder + c · classifier        with voice cues; a and c are the memory's weights
   * 0.3 · decoder + 0.5 · classifier    without voice cues
   * decoder                             without any cues
   * </pre>
   *
   * @param logits of the decoder, (batch, classes)
   * @param otherSides last estimates of the other side
   * @param memory without a voice model, it uses no cues at all
   * @throws IllegalArgumentException if voice cues have another width
   */
  public static UtteranceEvidence of(
      NDArray states,
      NDArray logits,
      List<UtteranceCues> cues,
      List<Optional<EmotionEstimate>> otherSides,
      SpeakerMemoryConfig memory,
      NDManager step) {
    return new UtteranceEvidence(
        states,
        memory.voiceWidth() == 0 ? logits : combined(logits, cues, memory.weights(), step),
        voices(cues, memory.voiceWidth(), step),
        measured(cues, memory.voiceWidth(), step),
        otherSides(otherSides, Math.toIntExact(logits.getShape().get(1)), step));
  }

  private static NDArray combined(
      NDArray logits, List<UtteranceCues> cues, EvidenceWeights withVoice, NDManager step) {
    int classes = Math.toIntExact(logits.getShape().get(1));
    float[] decoder = new float[cues.size()];
    float[] classifier = new float[cues.size() * classes];
    for (int row = 0; row < decoder.length; row++) {
      EvidenceWeights weights = weights(cues.get(row), withVoice);
      decoder[row] = (float) weights.decoder();
      float[] emotions = cues.get(row).emotions();
      for (int emotion = 0; emotion < emotions.length; emotion++) {
        classifier[row * classes + emotion] = (float) weights.classifier() * emotions[emotion];
      }
    }
    return logits
        .mul(step.create(decoder, new Shape(cues.size(), 1)))
        .add(step.create(classifier, new Shape(cues.size(), classes)));
  }

  private static EvidenceWeights weights(UtteranceCues cues, EvidenceWeights withVoice) {
    if (cues.voice().length > 0) {
      return withVoice;
    }
    return cues.emotions().length > 0 ? WITHOUT_VOICE : WITHOUT_CUES;
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
