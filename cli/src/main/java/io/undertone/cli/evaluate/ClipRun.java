package io.undertone.cli.evaluate;

import io.undertone.cli.terminal.ModelOption;
import io.undertone.cli.terminal.ModelSource;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.model.recognizer.ModelHandle;
import io.undertone.model.torch.tokenizer.FsqSpeechTokenizer;
import io.undertone.training.ProgressLog;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.ClipAudio;
import io.undertone.training.evaluation.ClassifierModel;
import io.undertone.training.evaluation.ClipEvaluation;
import io.undertone.training.evaluation.ClipMeasures;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Hears clips one by one, prints a table, and tells it as JSON. */
final class ClipRun {

  private final List<Clip> clips;
  private final Path audio;

  ClipRun(List<Clip> clips, Path audio) {
    this.clips = clips;
    this.audio = audio;
  }

  /**
   * Hears all of them.
   *
   * @return what is told of each corpus, by name
   */
  Map<String, Object> hear(
      ModelOption model, ModelSource models, PrintWriter out, ProgressLog progress)
      throws UserErrorException {
    Optional<ClassifierModel> classifier =
        ClassifierModel.open(model.directory(), FsqSpeechTokenizer::load);
    SortedMap<String, ClipMeasures> measures;
    try (ModelHandle opened = model.open(models)) {
      ClipAudio recordings = new ClipAudio(audio, opened.model().sampleRateHz());
      measures = new ClipEvaluation(opened.model(), classifier, recordings, progress).run(clips);
    } finally {
      classifier.ifPresent(ClassifierModel::close);
    }
    Map<String, Object> byCorpus = new LinkedHashMap<>();
    measures.forEach(
        (corpus, measured) -> {
          print(corpus, measured, out);
          byCorpus.put(corpus, ResultJson.of(measured));
        });
    return byCorpus;
  }

  private static void print(String corpus, ClipMeasures measures, PrintWriter out) {
    print(corpus, measures.model(), out);
    measures.classifier().ifPresent(classifier -> print("  classifier", classifier, out));
    measures
        .perceived()
        .ifPresent(
            perceived -> {
              out.printf(
                  Locale.ROOT,
                  "  %d clips in which most listeners heard one of the four%n",
                  perceived.listeners().utterances());
              print("    as perceived", perceived.model(), out);
              print("    as meant", perceived.modelOfMeant(), out);
              print("    listeners", perceived.listeners(), out);
            });
  }

  private static void print(String name, Object measures, PrintWriter out) {
    out.printf(Locale.ROOT, "%-16s %s%n", name, measures);
  }
}
