package io.undertone.training.sampling;

import io.undertone.training.corpus.Clip;
import io.undertone.training.features.ClipVersion;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The share that each clip has in training. Labelled clips: a corpus counts by the square root of
 * its size, and the labels of a corpus equally. Clips without a label, as of everyday speech, have
 * {@value #WEAK} together. Half of each clip's share is the clip as recorded.
 */
public final class ClipShares {

  /** Share of the clips without a label, if there are any. */
  static final double WEAK = 0.2;

  private static final double RECORDED = 0.5;

  private ClipShares() {}

  /**
   * Shares that add up to 1, in the order of the clips.
   *
   * @param clips some of them with a label
   */
  public static Map<Clip, Double> of(List<Clip> clips) {
    Map<Clip, Double> shares = new LinkedHashMap<>();
    clips.forEach(clip -> shares.put(clip, 0.0));
    List<Clip> weak = clips.stream().filter(clip -> clip.weak().isPresent()).toList();
    weak.forEach(clip -> shares.put(clip, WEAK / weak.size()));
    double labelled = weak.isEmpty() ? 1 : 1 - WEAK;
    Map<String, List<Clip>> corpora =
        clips.stream()
            .filter(clip -> clip.weak().isEmpty())
            .collect(Collectors.groupingBy(Clip::corpus, LinkedHashMap::new, Collectors.toList()));
    double all = corpora.values().stream().mapToDouble(ClipShares::root).sum();
    for (List<Clip> corpus : corpora.values()) {
      Collection<List<Clip>> classes =
          corpus.stream()
              .collect(
                  Collectors.groupingBy(
                      Clip::trainingLabel, LinkedHashMap::new, Collectors.toList()))
              .values();
      double ofClass = labelled * root(corpus) / all / classes.size();
      for (List<Clip> one : classes) {
        one.forEach(clip -> shares.put(clip, ofClass / one.size()));
      }
    }
    return shares;
  }

  private static double root(List<Clip> corpus) {
    return Math.sqrt(corpus.size());
  }

  /**
   * The number of clips with equal shares that would tell as much (Kish 1965): few clips of a rare
   * label, which have large shares, count for less than they are.
   */
  public static double effectiveClips(List<Clip> clips) {
    return 1 / of(clips).values().stream().mapToDouble(share -> share * share).sum();
  }

  /** The part of a training clip's share that a version has. */
  public static double ofVersion(ClipVersion version) {
    return version == ClipVersion.RECORDED
        ? RECORDED
        : (1 - RECORDED) / (ClipVersion.values().length - 1);
  }
}
