package io.undertone.cli.evaluate;

import io.undertone.cli.evaluate.plot.Plots;
import io.undertone.cli.model.ModelOption;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.evaluation.ablation.Ablation;
import io.undertone.evaluation.ablation.AblationRow;
import io.undertone.evaluation.alarm.CallResult;
import io.undertone.evaluation.comparison.DialogueResult;
import io.undertone.evaluation.comparison.FilterChoice;
import io.undertone.evaluation.comparison.FilterParameters;
import io.undertone.evaluation.dialogue.DialogueModel;
import io.undertone.evaluation.dialogue.EvaluatedDialogue;
import io.undertone.evaluation.dialogue.MemoryPlan;
import io.undertone.evaluation.report.CallJson;
import io.undertone.evaluation.report.CallTable;
import io.undertone.evaluation.report.DialogueJson;
import io.undertone.evaluation.report.DialogueTable;
import io.undertone.evaluation.report.ResultJson;
import io.undertone.model.EmotionPrior;
import io.undertone.training.ProgressLog;
import io.undertone.training.corpus.Dialogue;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Evaluates dialogues, prints tables, writes plots, and returns the results as JSON. */
final class DialogueRun {

  private final DialogueOptions options;
  private final MemoryOptions memory;
  private final Path audio;
  private final EmotionPrior prior;
  private final List<Dialogue> evaluated;
  private final List<Dialogue> choosing;
  private final FilterParameters givenFilters;

  /** Reads all dialogues, so that invalid ones fail before any work starts. */
  DialogueRun(DialogueOptions options, MemoryOptions memory, Path audio, EmotionPrior prior)
      throws UserErrorException {
    this.options = options;
    this.memory = memory;
    this.audio = audio;
    this.prior = prior;
    this.evaluated = options.evaluated(audio);
    this.choosing = options.choosing(audio, evaluated);
    this.givenFilters = options.filters(prior);
  }

  /**
   * Evaluates a model on all dialogues.
   *
   * @param plots directory of the plots; null for none
   * @return JSON
   */
  Map<String, Object> evaluate(
      ModelOption model, @Nullable Path plots, PrintWriter out, ProgressLog progress)
      throws IOException, UserErrorException {
    long begin = System.nanoTime();
    Map<String, Object> json = new LinkedHashMap<>();
    try (DialogueModel opened =
        DialogueModel.open(
            model.directory(), model.device(), model.tokenizer(), audio, prior, progress)) {
      MemoryPlan plan = memory.plan(opened);
      checkAblations(opened);
      FilterChoice filters =
          choosing.isEmpty()
              ? FilterChoice.given(givenFilters)
              : FilterChoice.on(opened.evaluate(choosing, plan), prior);
      DialogueTable.print(filters, out);
      if (!evaluated.isEmpty()) {
        List<EvaluatedDialogue> filtered =
            filters.parameters().filter(opened.evaluate(evaluated, plan));
        DialogueResult result = DialogueResult.of(filtered, filters.better(), options.bootstrap());
        DialogueTable.print(result, out);
        json.putAll(DialogueJson.of(result));
        if (plots != null) {
          Plots.write(result, plots);
        }
        json.putAll(calls(filtered, opened, plots, out));
        json.putAll(ablations(opened, out));
      }
      json.put("filter", DialogueJson.of(filters));
      json.put("settings", settings(opened, plan));
    }
    json.put("seconds", (System.nanoTime() - begin) / 1_000_000_000L);
    return json;
  }

  private Map<String, Object> calls(
      List<EvaluatedDialogue> dialogues, DialogueModel model, @Nullable Path plots, PrintWriter out)
      throws IOException {
    Optional<CallResult> result = CallResult.of(dialogues, model::durationMs, options.bootstrap());
    if (result.isEmpty()) {
      return Map.of();
    }
    CallTable.print(result.get(), out);
    if (plots != null) {
      Plots.write(result.get(), plots);
    }
    return Map.of("calls", CallJson.of(result.get()));
  }

  private void checkAblations(DialogueModel model) throws UserErrorException {
    MemoryPlan plan = memory.tokenLearningPlan(model);
    try {
      options.ablations().forEach(ablation -> ablation.check(plan));
    } catch (IllegalArgumentException e) {
      throw new UserErrorException(String.valueOf(e.getMessage()), e);
    }
  }

  private Map<String, Object> settings(DialogueModel model, MemoryPlan plan) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("model", model.name());
    json.put("role", options.role());
    json.put("prior", prior.toString());
    json.putAll(MemoryOptions.json(plan));
    json.put("memoryBytes", model.memoryBytes(plan.memory()));
    plan.saving()
        .ifPresent(saving -> json.put("savedBytes", model.savedBytes(plan.memory(), saving)));
    json.put("bootstrapSeed", options.bootstrap().seed());
    json.put("bootstrapSamples", options.bootstrap().samples());
    return json;
  }

  private Map<String, Object> ablations(DialogueModel model, PrintWriter out)
      throws UserErrorException {
    Map<String, Object> json = new LinkedHashMap<>();
    MemoryPlan plan = memory.tokenLearningPlan(model);
    for (Ablation ablation : options.ablations()) {
      List<AblationRow> rows = ablation.run(model, evaluated, plan, options.bootstrap());
      DialogueTable.print(ablation, rows, out);
      json.put(
          ablation.name().toLowerCase(Locale.ROOT), rows.stream().map(ResultJson::of).toList());
    }
    if (json.isEmpty()) {
      return Map.of();
    }
    json.put("settings", MemoryOptions.json(plan));
    return Map.of("ablations", json);
  }
}
