package io.undertone.training.evaluation;

import io.undertone.audio.Pcm;
import io.undertone.model.torch.UtteranceTooShortException;
import io.undertone.training.ProgressLog;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.CorpusException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Evaluates a model clip by clip.
 *
 * @param audio reads a clip at the model's sample rate
 */
public record ClipEvaluation(ClipModel model, Function<Clip, Pcm> audio, ProgressLog progress) {

  private static final int BATCH = 16;

  /**
   * Evaluates the clips that are labelled with one of the model's emotions.
   *
   * @return metrics by corpus
   * @throws CorpusException if a clip cannot be read, or is shorter than a token
   */
  public SortedMap<String, ClipMetrics> run(List<Clip> clips) {
    List<Clip> labelled = clips.stream().filter(clip -> clip.emotion().isPresent()).toList();
    List<ClipModel.Estimate> estimates = estimates("clips", labelled);
    SortedMap<String, ClipMetrics> metrics = new TreeMap<>();
    for (int i = 0; i < labelled.size(); i++) {
      Clip clip = labelled.get(i);
      ClipMetrics ofCorpus = metrics.computeIfAbsent(clip.corpus(), any -> new ClipMetrics());
      ofCorpus.add(clip, estimates.get(i).model());
      estimates
          .get(i)
          .classifier()
          .ifPresent(classified -> ofCorpus.addClassified(clip, classified));
    }
    return metrics;
  }

  /**
   * Estimates clips in batches.
   *
   * @param task name in the progress
   * @return one estimate per clip
   * @throws CorpusException if a clip cannot be read, or is shorter than a token
   */
  public List<ClipModel.Estimate> estimates(String task, List<Clip> clips) {
    List<ClipModel.Estimate> estimates = new ArrayList<>();
    for (int from = 0; from < clips.size(); from += BATCH) {
      List<Clip> batch = clips.subList(from, Math.min(clips.size(), from + BATCH));
      List<Pcm> utterances = batch.stream().map(audio).toList();
      try {
        estimates.addAll(model.estimate(utterances));
      } catch (UtteranceTooShortException e) {
        throw new CorpusException(batch.get(e.row()).path() + ": " + e.getMessage(), e);
      }
      progress.report(task, estimates.size(), clips.size());
    }
    return estimates;
  }
}
