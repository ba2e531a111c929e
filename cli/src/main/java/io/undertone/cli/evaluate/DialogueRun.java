package io.undertone.cli.evaluate;

import io.undertone.cli.evaluate.plot.Plots;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.model.torch.tokenizer.FsqSpeechTokenizer;
import io.undertone.training.ProgressLog;
import io.undertone.training.evaluation.dialogue.Ablation;
import io.undertone.training.evaluation.dialogue.AblationRow;
import io.undertone.training.evaluation.dialogue.Dialogue;
import io.undertone.training.evaluation.dialogue.DialogueModel;
import io.undertone.training.evaluation.dialogue.DialogueResult;
import io.undertone.training.evaluation.dialogue.FilterChoice;
import io.undertone.training.evaluation.dialogue.HeardDialogue;
import io.undertone.training.evaluation.dialogue.MemoryPlan;
import io.undertone.training.evaluation.dialogue.Stays;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads dialogues, hears them, prints tables, writes pictures, and tells all of it as JSON. */
final class DialogueRun {

  private final DialogueOptions options;
  private final MemoryOptions memory;
  private final Path audio;
  private final List<Dialogue> evaluated;
  private final List<Dialogue> choosing;
  private final Stays givenStays;

  /** Reads the dialogues, so that what is wrong with them shows before anything is heard. */
  DialogueRun(DialogueOptions options, MemoryOptions memory, Path audio) throws UserErrorException {
    this.options = options;
    this.memory = memory;
    this.audio = audio;
    this.evaluated = options.evaluated(audio);
    this.choosing = options.choosing(audio, evaluated);
    this.givenStays = options.stays();
  }

  /**
   * Hears all that was read.
   *
   * @param plots where pictures go, if they are asked for
   * @return the parts of the result
   */
  Map<String, Object> hear(Path model, @Nullable Path plots, PrintWriter out, ProgressLog progress)
      throws IOException, UserErrorException {
    long begin = System.nanoTime();
    Map<String, Object> json = new LinkedHashMap<>();
    try (DialogueModel opened =
        DialogueModel.open(model, FsqSpeechTokenizer::load, audio, progress)) {
      MemoryPlan plan = memory.plan(opened);
      checkAblations(opened);
      FilterChoice filters =
          choosing.isEmpty()
              ? FilterChoice.given(givenStays)
              : FilterChoice.on(opened.hear(choosing, plan));
      DialogueTable.print(filters, out);
      if (!evaluated.isEmpty()) {
        List<HeardDialogue> heard = filters.stays().filter(opened.hear(evaluated, plan));
        DialogueResult result = DialogueResult.of(heard, filters.better(), options.bootstrap());
        DialogueTable.print(result, out);
        json.putAll(DialogueJson.of(result));
        if (plots != null) {
          Plots.write(result, plots);
        }
        json.putAll(ablations(opened, out));
      }
      json.put("filter", DialogueJson.of(filters));
      json.put("settings", settings(opened, plan));
    }
    json.put("seconds", (System.nanoTime() - begin) / 1_000_000_000L);
    return json;
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
