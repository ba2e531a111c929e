package io.undertone.training.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.memory.speaker.VoiceModel;
import io.undertone.model.torch.tokenizer.UtteranceCues;
import io.undertone.training.TrainingException;
import io.undertone.training.tokenizer.ClipVariant;
import io.undertone.training.tokenizer.EverydayClip;
import io.undertone.training.tokenizer.TokenizedClip;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VoiceFitTest {

  private static final int WIDTH = 3;
  private static final float[][] EMOTIONS = {{2, 0, 0}, {-2, 1, 0}, {1, -1, 1}, {-1, 0, -1}};
  private static final double VOICES_DEVIATION = 3;
  private static final double UTTERANCES_DEVIATION = 0.5;

  /** The model scales values so that utterances of one voice have deviation 1. */
  @Test
  void recoversTheDistributionOfTheClips() {
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              VoiceModel voice = VoiceFit.of(clips(400, new Random(1)), List.of(), WIDTH, manager);

              double variance = Math.pow(VOICES_DEVIATION / UTTERANCES_DEVIATION, 2);
              for (float precision : voice.precision().toFloatArray()) {
                assertThat(1.0 / precision).isCloseTo(variance, within(0.25 * variance));
              }
              for (int one = 0; one < EMOTIONS.length; one++) {
                for (int other = 0; other < one; other++) {
                  assertThat(distance(voice.emotions().get(one), voice.emotions().get(other)))
                      .isCloseTo(
                          distance(EMOTIONS[one], EMOTIONS[other]) / UTTERANCES_DEVIATION,
                          within(0.2));
                }
              }
            }
          });
    }
  }

  @Test
  void everydaySpeechWidensTheDifferencesAmongVoicesWhereItDiffersFromActors() {
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              List<TokenizedClip> clips = clips(400, new Random(1));
              float[] far = new float[WIDTH];
              far[0] = (float) (10 * VOICES_DEVIATION);
              EverydayClip everyday =
                  new EverydayClip(
                      "call",
                      new EmotionEstimate(new float[] {0, 0, 0, 1}),
                      List.of(UtteranceCues.ofVoice(far)));

              VoiceModel without = VoiceFit.of(clips, List.of(), WIDTH, manager);
              VoiceModel with = VoiceFit.of(clips, List.of(everyday), WIDTH, manager);

              assertThat(with.precision().min().getFloat())
                  .isLessThan(0.2f * without.precision().min().getFloat());
              assertThat(with.precision().max().getFloat())
                  .isCloseTo(without.precision().max().getFloat(), withinPercentage(25));
            }
          });
    }
  }

  @Test
  void rejectsClipsWithoutVoiceCues() {
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              List<TokenizedClip> silent = List.of(clip("one", Emotion.HAPPY, new float[0]));
              assertThatThrownBy(() -> VoiceFit.of(silent, List.of(), WIDTH, manager))
                  .isInstanceOf(TrainingException.class)
                  .hasMessage("no clip with an emotion has voice cues");
            }
          });
    }
  }

  private static double distance(NDArray one, NDArray other) {
    return one.sub(other).norm().getFloat();
  }

  private static double distance(float[] one, float[] other) {
    double squares = 0;
    for (int i = 0; i < one.length; i++) {
      squares += Math.pow(one[i] - other[i], 2);
    }
    return Math.sqrt(squares);
  }

  private static List<TokenizedClip> clips(int speakers, Random random) {
    List<TokenizedClip> clips = new ArrayList<>();
    for (int speaker = 0; speaker < speakers; speaker++) {
      double[] voice = new double[WIDTH];
      for (int value = 0; value < WIDTH; value++) {
        voice[value] = VOICES_DEVIATION * random.nextGaussian();
      }
      for (int i = 0; i < 12; i++) {
        Emotion emotion = Emotion.values()[i % EMOTIONS.length];
        float[] measures = new float[WIDTH];
        for (int value = 0; value < WIDTH; value++) {
          double mean = voice[value] + EMOTIONS[emotion.ordinal()][value];
          measures[value] = (float) (mean + UTTERANCES_DEVIATION * random.nextGaussian());
        }
        clips.add(clip("speaker" + speaker, emotion, measures));
      }
    }
    return clips;
  }

  private static TokenizedClip clip(String speaker, Emotion emotion, float[] voice) {
    ClipVariant variant =
        new ClipVariant(new int[] {1}, UtteranceCues.ofVoice(voice), new float[] {1});
    return new TokenizedClip(speaker, Optional.of(emotion), List.of(variant));
  }
}
