package io.undertone.training.tokenizer;

import io.undertone.training.corpus.Clip;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells how each speaker to learn from sounds to those who do not know them: half of the speakers
 * are heard by a tokenizer and a classifier that learned from the other half alone (cross-fitting,
 * Chernozhukov et al., arXiv 1608.00060). The model's own are surer of these speakers than they
 * will ever be of a caller, and a memory that learned from that would expect as much.
 */
public final class CrossFit {

  private static final int FOLDS = 2;

  private final Map<String, Hearing> bySpeaker;

  private CrossFit(Map<String, Hearing> bySpeaker) {
    this.bySpeaker = Map.copyOf(bySpeaker);
  }

  /**
   * Does what is left to do.
   *
   * @param train clips to learn from, of two speakers at least
   * @param epochs of the model's own; two thirds are enough to tell strangers
   * @param work holds a directory for each fold
   */
  public static CrossFit of(
      HearingTraining training, List<Clip> train, List<Clip> dev, int epochs, Path work) {
    int strangersEpochs = Math.max(1, epochs * 2 / 3);
    Map<String, Hearing> bySpeaker = new HashMap<>();
    int fold = 0;
    for (Set<String> unheard : folds(train)) {
      List<Clip> heard = train.stream().filter(clip -> !unheard.contains(clip.speaker())).toList();
      training.progress().say("without speakers %d of %d", fold + 1, FOLDS);
      Hearing hearing = training.run(heard, dev, strangersEpochs, work.resolve("fold-" + fold));
      unheard.forEach(speaker -> bySpeaker.put(speaker, hearing));
      fold++;
    }
    return new CrossFit(bySpeaker);
  }

  /** Every second of a corpus' speakers; their names begin with the corpus. */
  private static List<Set<String>> folds(List<Clip> train) {
    List<String> speakers = train.stream().map(Clip::speaker).distinct().sorted().toList();
    List<Set<String>> folds = new ArrayList<>();
    for (int fold = 0; fold < FOLDS; fold++) {
      folds.add(new HashSet<>());
    }
    for (int i = 0; i < speakers.size(); i++) {
      folds.get(i % FOLDS).add(speakers.get(i));
    }
    return folds;
  }

  /**
   * Those who did not learn from a speaker.
   *
   * @param speaker one of those to learn from
   */
  Hearing strangerTo(String speaker) {
    Hearing hearing = bySpeaker.get(speaker);
    if (hearing == null) {
      throw new IllegalArgumentException("speaker must be one to learn from, but is " + speaker);
    }
    return hearing;
  }
}
