package io.undertone.training.leaveout;

import io.undertone.model.EmotionEstimate;
import java.util.List;

/**
 * What a model that was trained without a corpus estimates.
 *
 * @param corpus that was left out
 * @param clips of that corpus
 * @param everyday estimates of the everyday speech that no model learns from, as recorded
 */
public record LeftOutCorpus(
    String corpus, List<ClipEstimate> clips, List<EmotionEstimate> everyday) {

  public LeftOutCorpus {
    clips = List.copyOf(clips);
    everyday = List.copyOf(everyday);
  }
}
