package io.undertone.evaluation.ablation;

import static io.undertone.evaluation.dialogue.TinyDialogues.PLAN;
import static io.undertone.evaluation.dialogue.TinyDialogues.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.undertone.evaluation.comparison.DialogueMetrics;
import io.undertone.evaluation.comparison.TurnChoice;
import io.undertone.evaluation.dialogue.Conditions;
import io.undertone.evaluation.dialogue.DialogueModel;
import io.undertone.evaluation.dialogue.EvaluatedDialogue;
import io.undertone.evaluation.dialogue.MemoryPlan;
import io.undertone.evaluation.dialogue.TinyDialogues;
import io.undertone.model.torch.TinyModel;
import io.undertone.model.torch.memory.TokenLearningChanges;
import io.undertone.model.torch.memory.speaker.SpeakerMemoryConfig;
import io.undertone.training.corpus.Dialogue;
import io.undertone.training.evaluation.Bootstrap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AblationTest {
  private static final Bootstrap BOOTSTRAP = new Bootstrap(1, 10);

  @TempDir private Path directory;
  private final List<Dialogue> dialogues = TinyDialogues.dialogues();
  private DialogueModel model;

  @BeforeEach
  void open() throws IOException {
    model = TinyDialogues.write(directory).open();
  }

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void hasARowForEachSetting() {
    assertThat(Ablation.STEPPING.run(model, dialogues, PLAN, BOOTSTRAP))
        .extracting(AblationRow::setting)
        .containsExactly("utterance", "stride 64", "stride 128", "stride 256");
    assertThat(Ablation.WINDOW.run(model, dialogues, PLAN, BOOTSTRAP))
        .extracting(AblationRow::setting)
        .containsExactly("window 256", "window 512", "window 1024", "window 2048", "window 4096");
  }

  @Test
  void aWindowOfTheModelsLengthGivesTheModelsEstimates() {
    int length = TinyModel.MEMORY.windowTokens();
    List<EvaluatedDialogue> expected = model.evaluate(dialogues, PLAN);

    List<EvaluatedDialogue> windows =
        model.run(runner -> WindowRecognizer.run(runner, dialogues, PLAN, List.of(length, 512)));

    for (int i = 0; i < dialogues.size(); i++) {
      for (String condition : List.of(Conditions.WINDOW, Conditions.MEMORY)) {
        assertClose(
            windows.get(i).under(WindowRecognizer.at(condition, length)),
            expected.get(i).under(condition));
      }
    }
    assertThat(windows.get(1).under("window512").get(4))
        .isNotEqualTo(expected.get(1).under("window").get(4));
  }

  @Test
  void stridesOfTheUtterancesLengthGiveTheSameEstimates() {
    List<EvaluatedDialogue> expected = model.evaluate(dialogues, PLAN);

    List<EvaluatedDialogue> strides = inStrides(TinyDialogues.UTTERANCE_TOKENS);
    List<EvaluatedDialogue> shorter = inStrides(4);

    for (int i = 0; i < dialogues.size(); i++) {
      for (String condition : List.of(Conditions.WINDOW, Conditions.MEMORY)) {
        assertClose(strides.get(i).under(condition), expected.get(i).under(condition));
      }
    }
    assertThat(shorter.get(1).under("memory")).isNotEqualTo(expected.get(1).under("memory"));
  }

  @Test
  void utterancesReadTheirPrefixesAsStridesDo() {
    MemoryPlan plan = PLAN.with(TokenLearningChanges.ofWindow(64));
    MemoryPlan reusing = plan.with(TokenLearningChanges.ofPrefixRefresh(4));

    List<AblationRow> rows = Ablation.STEPPING.run(model, dialogues, reusing, BOOTSTRAP);

    assertThat(rows.get(0).memory().negativeLogLikelihood())
        .isEqualTo(
            DialogueMetrics.of(model.evaluate(dialogues, plan), Conditions.MEMORY, TurnChoice.ALL)
                .negativeLogLikelihood());
  }

  private List<EvaluatedDialogue> inStrides(int tokens) {
    return model.run(runner -> StrideRecognizer.run(runner, dialogues, PLAN, tokens));
  }

  @Test
  void refreshesAreComparedWithMemoriesThatAlwaysReadTheirPrefixes() {
    // Long enough that no window slides past what an utterance was read after.
    MemoryPlan plan = PLAN.with(TokenLearningChanges.ofWindow(64));

    List<AblationRow> rows = Ablation.REFRESH.run(model, dialogues, plan, BOOTSTRAP);

    assertThat(rows)
        .extracting(AblationRow::setting)
        .containsExactly("refresh 1", "refresh 2", "refresh 4", "refresh 8");
    assertThat(rows).allMatch(row -> row.drift().orElseThrow().coreMs() > 0);
    assertThat(rows.get(0).memory().negativeLogLikelihood())
        .isEqualTo(
            DialogueMetrics.of(model.evaluate(dialogues, plan), Conditions.MEMORY, TurnChoice.ALL)
                .negativeLogLikelihood());
    assertThat(rows.get(3).memory().negativeLogLikelihood())
        .isNotEqualTo(rows.get(0).memory().negativeLogLikelihood());
  }

  @Test
  void rejectsAMemoryThatLearnsNoTokens() {
    MemoryPlan plan = new MemoryPlan(new SpeakerMemoryConfig(2, 0, 24), 1, Optional.empty());

    for (Ablation ablation : Ablation.values()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ablation.check(plan))
          .withMessageContaining("memory must learn tokens, but is SpeakerMemoryConfig");
    }
  }
}
