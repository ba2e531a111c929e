package io.undertone.model.torch.dpm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.tokenizer.Delivery;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What all memories that learn estimates share, and a step of them: first the voice tells what it
 * can, then what was foreseen does, and from the estimate that comes of both each learns.
 *
 * @param voice empty for memories that do not know voices
 */
public record EstimateMemory(Foresight foresight, Optional<Voice> voice) {

  /**
   * How much counts what the decoder tells, where a voice tells more, and where nothing but a whole
   * utterance does; and how much the latter. Less than 1, since both are surer of voices that they
   * do not know than they should be. Chosen on development dialogues, as they are and behind
   * telephone lines.
   */
  private static final float DECODER_SHARE_BESIDE_A_VOICE = 0.2f;

  private static final float DECODER_SHARE = 0.3f;

  private static final float UTTERANCE_SHARE = 0.5f;

  /**
   * What is heard of an utterance of each call.
   *
   * @param states the decoder's, (batch, width)
   * @param logits of the emotions, all that tells them without a memory, (batch, classes)
   * @param voices measures, (batch, measures); not read where memories know no voices
   * @param known 1 where a voice was measured, else 0, (batch, 1)
   * @param others estimates of the other side when it spoke last, (batch, classes)
   */
  public record Heard(
      NDArray states, NDArray logits, NDArray voices, NDArray known, NDArray others) {

    /**
     * What was heard by the decoder and in the utterances themselves. Where a voice was measured,
     * it tells more than its utterance as a whole, whose emotions are among its measures: the
     * logits are {@code 0.2 · decoder}. Elsewhere they are {@code 0.3 · decoder + 0.5 · told}, or
     * those of the decoder where nothing else tells.
     *
     * @param logits the decoder's, (batch, classes)
     * @param deliveries with voices of {@code width} values, or none where nothing was measured
     * @throws IllegalArgumentException if a voice or another side has another width
     */
    public static Heard of(
        NDArray states, NDArray logits, List<Delivery> deliveries, int width, NDManager step) {
      int rows = deliveries.size();
      int classes = Math.toIntExact(logits.getShape().get(1));
      float[] measures = new float[rows * width];
      float[] known = new float[rows];
      float[] share = new float[rows];
      float[] told = new float[rows * classes];
      float[] others = new float[rows * classes];
      Arrays.fill(others, 1f / classes);
      for (int row = 0; width > 0 && row < rows; row++) {
        float[] voice = deliveries.get(row).voice();
        float[] emotions = deliveries.get(row).emotions();
        if (voice.length != width && voice.length != 0) {
          throw new IllegalArgumentException(
              "voice must have %d values or none, but has %d".formatted(width, voice.length));
        }
        if (voice.length > 0) {
          System.arraycopy(voice, 0, measures, row * width, width);
          known[row] = 1;
          share[row] = DECODER_SHARE_BESIDE_A_VOICE;
        } else {
          share[row] = emotions.length > 0 ? DECODER_SHARE : 1;
          for (int emotion = 0; emotion < emotions.length; emotion++) {
            told[row * classes + emotion] = UTTERANCE_SHARE * emotions[emotion];
          }
        }
      }
      for (int row = 0; row < rows; row++) {
        float[] otherSide = deliveries.get(row).otherSide();
        if (otherSide.length != classes && otherSide.length != 0) {
          throw new IllegalArgumentException(
              "otherSide must have %d values or none, but has %d"
                  .formatted(classes, otherSide.length));
        }
        System.arraycopy(otherSide, 0, others, row * classes, otherSide.length);
      }
      NDArray both =
          width == 0
              ? logits
              : logits
                  .mul(step.create(share, new Shape(rows, 1)))
                  .add(step.create(told, new Shape(rows, classes)));
      return new Heard(
          states,
          both,
          step.create(measures, new Shape(rows, width)),
          step.create(known, new Shape(rows, 1)),
          step.create(others, new Shape(rows, classes)));
    }
  }

  /**
   * A step of a batch.
   *
   * @param logEstimates log p, (batch, classes)
   * @param losses cross entropy of what was foreseen against p, (batch)
   * @param gradientNorms L2 norms of its gradient, (batch)
   * @param after the memories, (batch, {@link #parameters})
   */
  public record Step(NDArray logEstimates, NDArray losses, NDArray gradientNorms, NDArray after) {}

  /** Values of a memory: B, b, o and n, side by side. */
  public int parameters() {
    return factor() + foresight.classes() + voice.map(known -> known.width() + 1).orElse(0);
  }

  private int factor() {
    return foresight.classes() * foresight.rank();
  }

  /**
   * Hears an utterance of each call.
   *
   * @param memories (batch, {@link #parameters})
   */
  public Step step(Heard heard, NDArray memories) {
    if (voice.isEmpty()) {
      NDList parts = memories.split(new long[] {factor()}, 1);
      Foresight.Step step = foresee(heard, heard.logits, parts);
      return step(step, learned(step, step.logEstimates().exp()));
    }
    Voice known = voice.get();
    long believed = factor() + foresight.classes();
    NDList parts = memories.split(new long[] {factor(), believed, parameters() - 1L}, 1);
    Voice.Batch voices =
        new Voice.Batch(known.places(heard.voices), heard.known, parts.get(2), parts.get(3));
    Foresight.Step step = foresee(heard, heard.logits.add(known.evidence(voices)), parts);
    NDArray estimates = step.logEstimates().exp();
    NDArray offsets = known.learned(voices, estimates);
    NDArray count = voices.heard().add(heard.known);
    return step(step, learned(step, estimates).concat(offsets, 1).concat(count, 1));
  }

  private Foresight.Step foresee(Heard heard, NDArray logits, NDList parts) {
    NDArray factors = parts.get(0);
    Shape shape = new Shape(factors.getShape().get(0), foresight.classes(), foresight.rank());
    return foresight.step(heard.states, logits, factors.reshape(shape), parts.get(1), heard.others);
  }

  private NDArray learned(Foresight.Step step, NDArray estimates) {
    NDArray beliefs = estimates.sub(foresight.atFirst());
    return step.after().reshape(beliefs.getShape().get(0), factor()).concat(beliefs, 1);
  }

  /** The emotions' logits for who knows neither call nor voice, (batch, classes). */
  public NDArray withoutMemory(Heard heard) {
    if (voice.isEmpty()) {
      return heard.logits;
    }
    NDArray places = voice.get().places(heard.voices);
    Voice.Batch strangers =
        new Voice.Batch(places, heard.known, places.zerosLike(), heard.known.zerosLike());
    return heard.logits.add(voice.get().evidence(strangers));
  }

  private static Step step(Foresight.Step step, NDArray after) {
    return new Step(step.logEstimates(), step.losses(), step.gradientNorms(), after);
  }
}
