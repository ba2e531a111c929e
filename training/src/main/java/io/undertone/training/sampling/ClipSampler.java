package io.undertone.training.sampling;

import io.undertone.training.corpus.Clip;
import io.undertone.training.features.ClipVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;

/** Draws training clips with replacement, each with the probability of its {@link ClipShares}. */
public final class ClipSampler {

  /** Batches that are drawn together and sorted by length, so that they need little padding. */
  private static final int BATCHES_TOGETHER = 8;

  /** Random rows that are added to a length, so that batches differ. */
  private static final int LENGTH_JITTER = 20;

  private final List<Clip> clips;

  /** Sums of the shares up to each clip. */
  private final double[] cumulative;

  public ClipSampler(List<Clip> clips) {
    this.clips = List.copyOf(clips);
    this.cumulative =
        ClipShares.of(clips).values().stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.parallelPrefix(cumulative, Double::sum);
  }

  /** One clip in one of its versions. */
  DrawnClip draw(Random random) {
    double position = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, position);
    int index = found >= 0 ? found + 1 : -found - 1;
    return new DrawnClip(clips.get(Math.min(clips.size() - 1, index)), version(random));
  }

  private static ClipVersion version(Random random) {
    double position = random.nextDouble();
    for (ClipVersion version : ClipVersion.values()) {
      position -= ClipShares.ofVersion(version);
      if (position < 0) {
        return version;
      }
    }
    return ClipVersion.RECORDED;
  }

  /**
   * Batches of clips of similar length.
   *
   * @param count number of batches
   * @param size clips of each
   * @param length rows of a clip
   */
  public List<List<DrawnClip>> batches(
      int count, int size, ToIntFunction<DrawnClip> length, Random random) {
    List<List<DrawnClip>> batches = new ArrayList<>();
    while (batches.size() < count) {
      int together = Math.min(BATCHES_TOGETHER, count - batches.size());
      List<DrawnClip> sorted = sorted(together * size, length, random);
      for (int batch = 0; batch < together; batch++) {
        batches.add(sorted.subList(batch * size, (batch + 1) * size));
      }
    }
    Collections.shuffle(batches, random);
    return batches;
  }

  private List<DrawnClip> sorted(int count, ToIntFunction<DrawnClip> length, Random random) {
    record Keyed(DrawnClip clip, int key) {}
    List<Keyed> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      DrawnClip clip = draw(random);
      drawn.add(new Keyed(clip, length.applyAsInt(clip) + random.nextInt(LENGTH_JITTER)));
    }
    return drawn.stream().sorted(Comparator.comparingInt(Keyed::key)).map(Keyed::clip).toList();
  }
}
