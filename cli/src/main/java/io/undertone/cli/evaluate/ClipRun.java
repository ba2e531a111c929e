package io.undertone.cli.evaluate;

import io.undertone.audio.Pcm;
import io.undertone.cli.model.ModelOption;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.evaluation.dialogue.DialogueModel;
import io.undertone.evaluation.report.ResultJson;
import io.undertone.model.EmotionPrior;
import io.undertone.training.ProgressLog;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.ManifestClips;
import io.undertone.training.evaluation.ClipEvaluation;
import io.undertone.training.evaluation.ClipMetrics;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;

/** Evaluates clips one by one, prints a table, and returns it as JSON. */
final class ClipRun {

  /** Where the recordings of dialogues would be. */
  private static final Path WITHOUT_DIALOGUES = Path.of("");

  private final ManifestClips manifest;
  private final List<Clip> clips;
  private final EmotionPrior prior;

  /**
   * @param clips some of the manifest
   */
  ClipRun(ManifestClips manifest, List<Clip> clips, EmotionPrior prior) {
    this.manifest = manifest;
    this.clips = clips;
    this.prior = prior;
  }

  /**
   * Evaluates all clips.
   *
   * @return JSON by corpus
   */
  Map<String, Object> evaluate(ModelOption model, PrintWriter out, ProgressLog progress)
      throws UserErrorException {
    SortedMap<String, ClipMetrics> metrics;
    try (DialogueModel opened =
        DialogueModel.open(
            model.directory(),
            model.device(),
            model.tokenizer(),
            WITHOUT_DIALOGUES,
            prior,
            progress)) {
      Function<Clip, Pcm> audio = clip -> manifest.audio(clip, opened.sampleRateHz());
      metrics = new ClipEvaluation(opened::estimateAlone, audio, progress).run(clips);
    }
    Map<String, Object> byCorpus = new LinkedHashMap<>();
    metrics.forEach(
        (corpus, measured) -> {
          print(corpus, measured, out);
          byCorpus.put(corpus, ResultJson.of(measured));
        });
    return byCorpus;
  }

  private static void print(String corpus, ClipMetrics metrics, PrintWriter out) {
    print(corpus, metrics.model(), out);
    metrics.classifier().ifPresent(classifier -> print("  classifier", classifier, out));
    metrics
        .perceived()
        .ifPresent(
            perceived -> {
              out.printf(
                  Locale.ROOT,
                  "  %d clips whose listeners' majority is one of the four emotions%n",
                  perceived.listeners().utterances());
              print("    against them", perceived.model(), out);
              print("    against labels", perceived.modelOfLabels(), out);
              print("    listeners", perceived.listeners(), out);
            });
  }

  private static void print(String name, Object metrics, PrintWriter out) {
    out.printf(Locale.ROOT, "%-16s %s%n", name, metrics);
  }
}
