package io.undertone.training.features;

import io.undertone.model.torch.features.FrameFeatures;
import io.undertone.training.corpus.Clip;
import java.util.Objects;
import java.util.Random;

/**
 * Features of the clips: as recorded, and augmented for training.
 *
 * @param seed decides how the virtual voices of each speaker sound
 */
public record ClipFeatures(FeatureStore store, long seed) {

  private static final int ONE_IN = 3;

  /** A clip as recorded. */
  public FrameFeatures recorded(Clip clip) {
    return store.recorded(clip.path());
  }

  /** A training clip in a random voice; one in three over one of its speaker's telephone lines. */
  public FrameFeatures augmented(Clip clip, Random random) {
    FrameFeatures features =
        random.nextInt(ONE_IN) > 0
            ? store.recorded(clip.path())
            : store.overLine(random.nextInt(FeatureStore.LINES_PER_SPEAKER), clip.path());
    return FeatureAugmentation.vary(features, VirtualVoice.draw(random), random);
  }

  /**
   * A training clip in one of its speaker's virtual voices, every other voice over a telephone
   * line. All clips of a speaker share voice and line of a number.
   *
   * @param voice number of the voice, from 0
   * @param random draws what differs between clips of one voice: pace and noise
   */
  public FrameFeatures inVoice(Clip clip, int voice, Random random) {
    VirtualVoice drawn = VirtualVoice.draw(new Random(seed ^ Objects.hash(clip.speaker(), voice)));
    FrameFeatures features =
        voice % 2 == 0
            ? store.recorded(clip.path())
            : store.overLine(voice / 2 % FeatureStore.LINES_PER_SPEAKER, clip.path());
    return FeatureAugmentation.vary(features, drawn, random);
  }
}
