package io.undertone.training.evaluation;

import io.undertone.audio.Pcm;
import io.undertone.model.ChannelMemory;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.EmotionModel;
import io.undertone.model.Recognition;
import io.undertone.model.RecognitionRequest;
import io.undertone.training.ProgressLog;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.ClipAudio;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Evaluates a model clip by clip, each as a call of one utterance with an empty memory. */
public final class ClipEvaluation {

  private static final int BATCH = 16;
  private static final long SEED = 1;

  private final EmotionModel model;
  private final Optional<ClassifierModel> classifier;
  private final ClipAudio audio;
  private final ProgressLog progress;

  /**
   * @param classifier evaluated on the same clips, if the model has one
   * @param audio at the model's sample rate
   */
  public ClipEvaluation(
      EmotionModel model,
      Optional<ClassifierModel> classifier,
      ClipAudio audio,
      ProgressLog progress) {
    this.model = model;
    this.classifier = classifier;
    this.audio = audio;
    this.progress = progress;
  }

  /**
   * Evaluates the clips that are labelled with one of the model's emotions.
   *
   * @return metrics by corpus
   */
  public SortedMap<String, ClipMetrics> run(List<Clip> clips) {
    List<Clip> labelled = clips.stream().filter(clip -> clip.emotion().isPresent()).toList();
    SortedMap<String, ClipMetrics> metrics = new TreeMap<>();
    for (int from = 0; from < labelled.size(); from += BATCH) {
      evaluate(labelled.subList(from, Math.min(labelled.size(), from + BATCH)), metrics);
      progress.report("clips", Math.min(labelled.size(), from + BATCH), labelled.size());
    }
    return metrics;
  }

  private void evaluate(List<Clip> clips, SortedMap<String, ClipMetrics> metrics) {
    List<Pcm> utterances = clips.stream().map(audio::read).toList();
    List<EmotionEstimate> estimates = recognize(model, utterances);
    for (int i = 0; i < clips.size(); i++) {
      Clip clip = clips.get(i);
      Pcm utterance = utterances.get(i);
      ClipMetrics ofCorpus = metrics.computeIfAbsent(clip.corpus(), any -> new ClipMetrics());
      ofCorpus.add(clip, estimates.get(i));
      classifier.ifPresent(baseline -> ofCorpus.addClassified(clip, baseline.estimate(utterance)));
    }
  }

  /**
   * Estimates utterances, each with an empty memory.
   *
   * @param utterances at the model's sample rate
   */
  public static List<EmotionEstimate> recognize(EmotionModel model, List<Pcm> utterances) {
    List<ChannelMemory> memories = new ArrayList<>();
    try {
      List<RecognitionRequest> requests = new ArrayList<>();
      for (Pcm utterance : utterances) {
        ChannelMemory memory = model.newMemory(SEED);
        memories.add(memory);
        requests.add(new RecognitionRequest(utterance, memory));
      }
      return model.recognize(requests).stream().map(Recognition::estimate).toList();
    } finally {
      memories.forEach(ChannelMemory::close);
    }
  }
}
