package io.undertone.training.finetuning;

import ai.djl.ndarray.NDManager;
import io.undertone.model.Emotion;
import io.undertone.model.torch.memory.speaker.VoiceModel;
import io.undertone.model.torch.tokenizer.UtteranceHead;
import io.undertone.training.ProgressLog;
import io.undertone.training.corpus.Clip;
import io.undertone.training.features.ClipVersion;
import io.undertone.training.head.UtteranceHeadRefit;
import io.undertone.training.memory.VoiceRefit;
import io.undertone.training.recipe.TrainingFeatures;
import io.undertone.training.sampling.CompleteSpeakers;
import io.undertone.training.tokenizer.CrossFit;
import io.undertone.training.tokenizer.TrainedTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Fits the parts of a model that few clips can change. Runs on the device's owner thread.
 *
 * @param tokenizer of the source
 * @param features of the training clips
 */
record Refit(
    SourceModel source,
    TrainedTokenizer tokenizer,
    TrainingFeatures features,
    NDManager manager,
    ProgressLog progress) {

  /**
   * Writes the fitted parts into a copy of the source.
   *
   * @param work directory of intermediate results
   */
  void run(Path work, Path out) throws IOException {
    List<String> labels = tokenizer.classifier().labels();
    List<Clip> train = usable(labels);
    UtteranceHeadRefit head =
        new UtteranceHeadRefit(manager, features.store(), labels, source.directory());
    head.run(train, out);
    progress.say("utterance head fitted to %d clips", train.size());
    Set<String> complete = CompleteSpeakers.of(train, Clip::speaker, Clip::emotion);
    if (complete.size() < VoiceRefit.FEWEST_SPEAKERS) {
      progress.say(
          "the memory stays as it was: speakers with clips of all four emotions must be at least"
              + " %d, but are %d",
          VoiceRefit.FEWEST_SPEAKERS, complete.size());
    } else {
      refitVoice(head, train, complete, work, out);
      progress.say("means of the memory's voice model moved towards %d speakers", complete.size());
    }
  }

  /** Clips with labels that the model does not know teach it nothing. */
  private List<Clip> usable(List<String> labels) {
    List<Clip> usable =
        features.clips().stream()
            .filter(clip -> clip.weak().isPresent() || labels.contains(clip.trainingLabel()))
            .toList();
    int unknown = features.clips().size() - usable.size();
    if (unknown > 0) {
      progress.say("%d clips left out: the model's labels are %s", unknown, labels);
    }
    return usable;
  }

  /** The cues of each half of the speakers come from a head that was fitted without them. */
  private void refitVoice(
      UtteranceHeadRefit head, List<Clip> train, Set<String> complete, Path work, Path out)
      throws IOException {
    List<VoiceRefit.Utterance> utterances = new ArrayList<>();
    int fold = 0;
    for (Set<String> heldOut : CrossFit.folds(complete)) {
      Path directory = Files.createDirectories(work.resolve("fold-" + fold));
      head.run(
          train.stream().filter(clip -> !heldOut.contains(clip.speaker())).toList(), directory);
      List<Clip> clips =
          train.stream()
              .filter(clip -> heldOut.contains(clip.speaker()) && clip.emotion().isPresent())
              .toList();
      utterances.addAll(utterances(clips, directory));
      fold++;
    }
    VoiceModel before =
        VoiceModel.load(
            source.directory(), source.memory().voiceWidth(), Emotion.values().length, manager);
    VoiceRefit.of(before, utterances, manager).save(out);
  }

  private List<VoiceRefit.Utterance> utterances(List<Clip> clips, Path head) {
    try (NDManager scope = manager.newSubManager()) {
      TrainedTokenizer fitted =
          tokenizer.withHead(UtteranceHead.load(head, features.statisticsWidth(), scope));
      return clips.stream()
          .map(
              clip ->
                  new VoiceRefit.Utterance(
                      clip.speaker(),
                      clip.emotion().orElseThrow(),
                      fitted.cues(features.store().features(clip, ClipVersion.RECORDED)).voice()))
          .toList();
    }
  }
}
