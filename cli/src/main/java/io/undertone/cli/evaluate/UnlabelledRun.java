package io.undertone.cli.evaluate;

import io.undertone.cli.model.ModelOption;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.evaluation.dialogue.DialogueModel;
import io.undertone.evaluation.report.UnlabelledJson;
import io.undertone.evaluation.report.UnlabelledTable;
import io.undertone.evaluation.unlabelled.AlarmThreshold;
import io.undertone.evaluation.unlabelled.EvaluatedRecording;
import io.undertone.evaluation.unlabelled.UnlabelledRecording;
import io.undertone.evaluation.unlabelled.UnlabelledResult;
import io.undertone.model.EmotionPrior;
import io.undertone.training.ProgressLog;
import io.undertone.training.evaluation.Bootstrap;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Judges recordings without labels, prints a table, and returns the result as JSON. */
final class UnlabelledRun {

  private final List<UnlabelledRecording> recordings;
  private final AlarmThreshold threshold;
  private final Bootstrap bootstrap;
  private final EmotionPrior prior;

  /** Reads all recordings, so that an unreadable one fails before any work starts. */
  UnlabelledRun(UnlabelledOptions options, Bootstrap bootstrap, EmotionPrior prior)
      throws UserErrorException {
    this.threshold = options.threshold();
    this.recordings = options.read();
    this.bootstrap = bootstrap;
    this.prior = prior;
  }

  /**
   * Judges a model on all recordings.
   *
   * @return JSON
   */
  Map<String, Object> evaluate(ModelOption model, PrintWriter out, ProgressLog progress)
      throws UserErrorException {
    List<EvaluatedRecording> evaluated = new ArrayList<>();
    Path noClips = Path.of("");
    try (DialogueModel opened =
        DialogueModel.open(
            model.directory(), model.device(), model.tokenizer(), noClips, prior, progress)) {
      for (UnlabelledRecording recording : recordings) {
        evaluated.add(EvaluatedRecording.of(recording, opened));
        progress.report("recordings", evaluated.size(), recordings.size());
      }
    }
    UnlabelledResult result = UnlabelledResult.of(evaluated, threshold, bootstrap);
    UnlabelledTable.print(result, out);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("prior", prior.toString());
    json.putAll(UnlabelledJson.of(result));
    return json;
  }
}
