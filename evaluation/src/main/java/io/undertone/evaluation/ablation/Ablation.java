package io.undertone.evaluation.ablation;

import io.undertone.evaluation.dialogue.Conditions;
import io.undertone.evaluation.dialogue.DialogueModel;
import io.undertone.evaluation.dialogue.DialogueRunner;
import io.undertone.evaluation.dialogue.EvaluatedDialogue;
import io.undertone.evaluation.dialogue.MemoryPlan;
import io.undertone.model.torch.memory.TokenLearningChanges;
import io.undertone.model.torch.memory.TokenLearningConfig;
import io.undertone.model.torch.memory.TokenLearningEngine;
import io.undertone.training.corpus.Dialogue;
import io.undertone.training.evaluation.Bootstrap;
import java.util.ArrayList;
import java.util.List;

/** The two ablations of arXiv 2507.09076, and the cost of reading prefixes less often. */
public enum Ablation {

  /** Memories learn whole utterances, or pieces of a fixed length. */
  STEPPING {
    @Override
    public List<AblationRow> run(
        DialogueModel model, List<Dialogue> dialogues, MemoryPlan plan, Bootstrap bootstrap) {
      List<AblationRow> rows = new ArrayList<>();
      // Strides always read their prefixes.
      MemoryPlan reading = plan.with(TokenLearningChanges.ofPrefixRefresh(1));
      rows.add(row("utterance", model.evaluate(dialogues, reading), bootstrap));
      for (int stride : STRIDE_TOKENS) {
        List<EvaluatedDialogue> evaluated =
            model.run(runner -> StrideRecognizer.run(runner, dialogues, plan, stride));
        rows.add(row("stride " + stride, evaluated, bootstrap));
      }
      return rows;
    }

    private static AblationRow row(
        String setting, List<EvaluatedDialogue> evaluated, Bootstrap bootstrap) {
      return AblationRow.of(setting, evaluated, Conditions.WINDOW, Conditions.MEMORY, bootstrap);
    }
  },

  /** Estimates are read from longer and longer windows, without and with memory. */
  WINDOW {
    @Override
    public List<AblationRow> run(
        DialogueModel model, List<Dialogue> dialogues, MemoryPlan plan, Bootstrap bootstrap) {
      List<EvaluatedDialogue> evaluated =
          model.run(runner -> WindowRecognizer.run(runner, dialogues, plan, WINDOW_TOKENS));
      List<AblationRow> rows = new ArrayList<>();
      for (int length : WINDOW_TOKENS) {
        rows.add(
            AblationRow.of(
                "window " + length,
                evaluated,
                WindowRecognizer.at(Conditions.WINDOW, length),
                WindowRecognizer.at(Conditions.MEMORY, length),
                bootstrap));
      }
      return rows;
    }
  },

  /** Memories read their prefixes at every utterance, or at some. */
  REFRESH {
    @Override
    public void check(MemoryPlan plan) {
      REFRESH_UTTERANCES.forEach(
          utterances -> plan.with(TokenLearningChanges.ofPrefixRefresh(utterances)));
    }

    @Override
    public List<AblationRow> run(
        DialogueModel model, List<Dialogue> dialogues, MemoryPlan plan, Bootstrap bootstrap) {
      return model.run(runner -> rows(runner, dialogues, plan, bootstrap));
    }

    private static List<AblationRow> rows(
        DialogueRunner runner, List<Dialogue> dialogues, MemoryPlan plan, Bootstrap bootstrap) {
      TokenLearningConfig memory = plan.tokenLearning();
      try (TokenLearningEngine engine = memory.open(runner.context());
          RefreshRecognizer recognizer =
              new RefreshRecognizer(engine, plan, REFRESH_UTTERANCES, runner.context())) {
        List<EvaluatedDialogue> evaluated =
            runner.run("turns with refreshes", dialogues, memory, engine, recognizer);
        List<AblationRow> rows = new ArrayList<>();
        recognizer
            .drifts()
            .forEach((refresh, drift) -> rows.add(row(refresh, drift, evaluated, bootstrap)));
        return rows;
      }
    }

    private static AblationRow row(
        int refresh, Drift drift, List<EvaluatedDialogue> evaluated, Bootstrap bootstrap) {
      return AblationRow.of(
              "refresh " + refresh,
              evaluated,
              Conditions.WINDOW,
              RefreshRecognizer.at(refresh),
              bootstrap)
          .with(drift);
    }
  };

  private static final List<Integer> REFRESH_UTTERANCES = List.of(1, 2, 4, 8);
  private static final List<Integer> STRIDE_TOKENS = List.of(64, 128, 256);
  private static final List<Integer> WINDOW_TOKENS = List.of(256, 512, 1024, 2048, 4096);

  /**
   * Checks that the ablation can run with a plan.
   *
   * @throws IllegalArgumentException names what it cannot run with
   */
  public void check(MemoryPlan plan) {
    plan.tokenLearning();
  }

  /** A row for each setting. */
  public abstract List<AblationRow> run(
      DialogueModel model, List<Dialogue> dialogues, MemoryPlan plan, Bootstrap bootstrap);
}
