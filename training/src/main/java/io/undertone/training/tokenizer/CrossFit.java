package io.undertone.training.tokenizer;

import io.undertone.training.corpus.Clip;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tokenizers with classifiers and utterance heads for the training speakers, each trained without
 * the speakers that it is applied to (cross-fitting, Chernozhukov et al., arXiv 1608.00060). The
 * model's own classifier is more certain of its training speakers than of any caller; a memory
 * trained on its output would expect the same certainty in calls.
 */
public final class CrossFit {

  private static final int FOLDS = 2;

  private final Map<String, TrainedTokenizer> bySpeaker;

  private CrossFit(Map<String, TrainedTokenizer> bySpeaker) {
    this.bySpeaker = Map.copyOf(bySpeaker);
  }

  /**
   * Trains what is not trained yet.
   *
   * @param train training clips of at least two speakers
   * @param epochs of the model's own tokenizer; the folds take two thirds as many
   * @param work directory with a subdirectory per fold
   */
  public static CrossFit of(
      TokenizerStage stage, List<Clip> train, List<Clip> dev, int epochs, Path work) {
    int foldEpochs = Math.max(1, epochs * 2 / 3);
    Map<String, TrainedTokenizer> bySpeaker = new HashMap<>();
    int fold = 0;
    for (Set<String> heldOut : folds(labelledSpeakers(train))) {
      List<Clip> others = train.stream().filter(clip -> !heldOut.contains(clip.speaker())).toList();
      stage.progress().say("cross-fit tokenizer %d of %d", fold + 1, FOLDS);
      TrainedTokenizer trained = stage.run(others, dev, foldEpochs, work.resolve("fold-" + fold));
      heldOut.forEach(speaker -> bySpeaker.put(speaker, trained));
      fold++;
    }
    return new CrossFit(bySpeaker);
  }

  /** Speakers of labelled clips. All folds learn from the other clips. */
  private static Set<String> labelledSpeakers(List<Clip> train) {
    return train.stream()
        .filter(clip -> clip.weak().isEmpty())
        .map(Clip::speaker)
        .collect(Collectors.toSet());
  }

  /** Alternates speakers in the order of their names, which begin with the corpus. */
  public static List<Set<String>> folds(Set<String> speakers) {
    List<String> sorted = speakers.stream().sorted().toList();
    List<Set<String>> folds = new ArrayList<>();
    for (int fold = 0; fold < FOLDS; fold++) {
      folds.add(new HashSet<>());
    }
    for (int i = 0; i < sorted.size(); i++) {
      folds.get(i % FOLDS).add(sorted.get(i));
    }
    return folds;
  }

  /**
   * The tokenizer and classifier that were trained without a speaker.
   *
   * @param speaker a training speaker
   */
  TrainedTokenizer without(String speaker) {
    TrainedTokenizer trained = bySpeaker.get(speaker);
    if (trained == null) {
      throw new IllegalArgumentException("speaker must be a training speaker, but is " + speaker);
    }
    return trained;
  }
}
