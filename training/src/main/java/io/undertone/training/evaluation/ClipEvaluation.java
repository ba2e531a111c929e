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

/** Clip by clip: each is a call of one utterance, heard with an empty memory. */
public final class ClipEvaluation {

  private static final int BATCH = 16;
  private static final long SEED = 1;

  private final EmotionModel model;
  private final Optional<ClassifierModel> classifier;
  private final ClipAudio audio;
  private final ProgressLog progress;

  /**
   * @param classifier hears the same clips, if the model comes with one
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
   * Hears all clips that are labelled with one of the model's emotions.
   *
   * @return the measures of each corpus, by name
   */
  public SortedMap<String, ClipMeasures> run(List<Clip> clips) {
    List<Clip> labelled = clips.stream().filter(clip -> clip.emotion().isPresent()).toList();
    SortedMap<String, ClipMeasures> measures = new TreeMap<>();
    for (int from = 0; from < labelled.size(); from += BATCH) {
      hear(labelled.subList(from, Math.min(labelled.size(), from + BATCH)), measures);
      progress.report("clips", Math.min(labelled.size(), from + BATCH), labelled.size());
    }
    return measures;
  }

  private void hear(List<Clip> clips, SortedMap<String, ClipMeasures> measures) {
    List<Pcm> utterances = clips.stream().map(clip -> audio.read(clip.path())).toList();
    List<EmotionEstimate> said = recognize(utterances);
    for (int i = 0; i < clips.size(); i++) {
      Clip clip = clips.get(i);
      Pcm utterance = utterances.get(i);
      ClipMeasures ofCorpus = measures.computeIfAbsent(clip.corpus(), any -> new ClipMeasures());
      ofCorpus.add(clip, said.get(i));
      classifier.ifPresent(hears -> ofCorpus.addClassified(clip, hears.estimate(utterance)));
    }
  }

  private List<EmotionEstimate> recognize(List<Pcm> utterances) {
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
