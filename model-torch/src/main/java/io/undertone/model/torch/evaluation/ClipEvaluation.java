package io.undertone.model.torch.evaluation;

import io.undertone.model.EmotionEstimate;
import io.undertone.model.EmotionModel;
import io.undertone.model.LoraMemory;
import io.undertone.model.Recognition;
import io.undertone.model.RecognitionRequest;
import io.undertone.model.torch.corpus.Clip;
import io.undertone.model.torch.corpus.ClipAudio;
import io.undertone.model.torch.corpus.ProgressLog;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Clip by clip: each is a call of one utterance, heard with an empty memory. */
public final class ClipEvaluation {

  private static final int BATCH = 16;
  private static final long SEED = 1;

  private final EmotionModel model;
  private final ClipAudio audio;
  private final ProgressLog progress;

  /**
   * @param audio at the model's sample rate
   */
  public ClipEvaluation(EmotionModel model, ClipAudio audio, ProgressLog progress) {
    this.model = model;
    this.audio = audio;
    this.progress = progress;
  }

  /**
   * Hears all clips that are labelled with one of the model's emotions.
   *
   * @return the measures of each corpus, by name
   */
  public SortedMap<String, Measures> run(List<Clip> clips) {
    List<Clip> labelled = clips.stream().filter(clip -> clip.emotion().isPresent()).toList();
    SortedMap<String, Measures> measures = new TreeMap<>();
    for (int from = 0; from < labelled.size(); from += BATCH) {
      List<Clip> batch = labelled.subList(from, Math.min(labelled.size(), from + BATCH));
      List<EmotionEstimate> said = hear(batch);
      for (int i = 0; i < batch.size(); i++) {
        Clip clip = batch.get(i);
        measures
            .computeIfAbsent(clip.corpus(), any -> new Measures())
            .add(clip.emotion().orElseThrow(), said.get(i));
      }
      progress.report("clips", from + batch.size(), labelled.size());
    }
    return measures;
  }

  private List<EmotionEstimate> hear(List<Clip> clips) {
    List<LoraMemory> memories = new ArrayList<>();
    try {
      List<RecognitionRequest> requests = new ArrayList<>();
      for (Clip clip : clips) {
        LoraMemory memory = model.newMemory(SEED);
        memories.add(memory);
        requests.add(new RecognitionRequest(audio.read(clip.path()), memory));
      }
      return model.recognize(requests).stream().map(Recognition::estimate).toList();
    } finally {
      memories.forEach(LoraMemory::close);
    }
  }
}
