package io.undertone.training.evaluation.dialogue;

import io.undertone.model.torch.memory.TokenLearningChanges;
import io.undertone.training.evaluation.Bootstrap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The two ablations of arXiv 2507.09076, and what it costs to read a prefix less often. */
public enum Ablation {

  /** Memories learn whole utterances, or pieces of a fixed length. */
  STEPPING {
    @Override
    public List<AblationRow> run(
        DialogueModel model, List<Dialogue> dialogues, MemoryPlan plan, Bootstrap bootstrap) {
      List<AblationRow> rows = new ArrayList<>();
      rows.add(row("utterance", model.hear(dialogues, plan), bootstrap));
      for (int stride : STRIDE_TOKENS) {
        List<HeardDialogue> heard = model.hearInStrides(dialogues, plan, stride);
        rows.add(row("stride " + stride, heard, bootstrap));
      }
      return rows;
    }

    private static AblationRow row(String setting, List<HeardDialogue> heard, Bootstrap bootstrap) {
      return AblationRow.of(setting, heard, Conditions.WINDOW, Conditions.MEMORY, bootstrap);
    }
  },

  /** The emotion is read from longer and longer windows, without and with the memory. */
  WINDOW {
    @Override
    public List<AblationRow> run(
        DialogueModel model, List<Dialogue> dialogues, MemoryPlan plan, Bootstrap bootstrap) {
      List<HeardDialogue> heard = model.hearWithWindows(dialogues, plan, WINDOW_TOKENS);
      List<AblationRow> rows = new ArrayList<>();
      for (int length : WINDOW_TOKENS) {
        rows.add(
            AblationRow.of(
                "window " + length,
                heard,
                WindowListening.at(Conditions.WINDOW, length),
                WindowListening.at(Conditions.MEMORY, length),
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
      DialogueModel.Refreshed refreshed =
          model.hearWithRefreshes(dialogues, plan, REFRESH_UTTERANCES);
      List<AblationRow> rows = new ArrayList<>();
      for (Map.Entry<Integer, Drift> drift : refreshed.drifts().entrySet()) {
        rows.add(
            AblationRow.of(
                    "refresh " + drift.getKey(),
                    refreshed.heard(),
                    Conditions.WINDOW,
                    RefreshListening.at(drift.getKey()),
                    bootstrap)
                .with(drift.getValue()));
      }
      return rows;
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
