package io.undertone.evaluation.dialogue;

import static io.undertone.evaluation.dialogue.TinyDialogues.PLAN;
import static io.undertone.evaluation.dialogue.TinyDialogues.TOLERANCE;
import static io.undertone.evaluation.dialogue.TinyDialogues.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.audio.Pcm;
import io.undertone.model.ChannelMemory;
import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.EmotionPrior;
import io.undertone.model.MemoryEncoding;
import io.undertone.model.MemoryEncoding.OptimizerState;
import io.undertone.model.MemoryEncoding.Weights;
import io.undertone.model.RecognitionRequest;
import io.undertone.model.call.LiveCall;
import io.undertone.model.torch.TinyModel;
import io.undertone.model.torch.TorchEmotionModel;
import io.undertone.model.torch.UndertoneConfig;
import io.undertone.model.torch.UtteranceTooShortException;
import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.memory.TokenLearningChanges;
import io.undertone.model.torch.memory.speaker.HeadAdapter;
import io.undertone.model.torch.memory.speaker.SpeakerMemoryConfig;
import io.undertone.model.torch.tokenizer.RandomClassifier;
import io.undertone.training.corpus.ClipAudio;
import io.undertone.training.corpus.Dialogue;
import io.undertone.training.corpus.Turn;
import io.undertone.training.evaluation.ClipModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DialogueModelTest {
  private static final MemoryEncoding SMALL =
      new MemoryEncoding(Weights.INT8, OptimizerState.FACTORED);
  private static final int CLASSES = Emotion.values().length;

  @TempDir private Path directory;
  private final List<Dialogue> dialogues = TinyDialogues.dialogues();
  private DialogueModel model;

  @BeforeEach
  void open() throws IOException {
    model = TinyDialogues.write(directory).open();
  }

  private DialogueModel openModel() {
    return new TinyDialogues(directory).open();
  }

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void estimatesWithMemoryAsAJobDoes() {
    List<EvaluatedDialogue> evaluated = model.evaluate(dialogues, PLAN);

    for (int i = 0; i < dialogues.size(); i++) {
      assertThat(evaluated.get(i).dialogue()).isEqualTo(dialogues.get(i));
      assertClose(evaluated.get(i).under(Conditions.MEMORY), job(dialogues.get(i)));
    }
  }

  @Test
  void eachChannelHasItsOwnMemoryAndHistory() {
    List<Dialogue> calls = dialogues.stream().map(TinyDialogues::withAgent).toList();

    List<EvaluatedDialogue> evaluated = model.evaluate(calls, PLAN);

    for (int i = 0; i < calls.size(); i++) {
      assertClose(evaluated.get(i).under(Conditions.MEMORY), job(calls.get(i)));
    }
    Dialogue agent = calls.get(1).onlyRole("AGENT");
    for (String condition : Conditions.UNFILTERED) {
      List<EmotionEstimate> all = evaluated.get(1).under(condition);
      assertClose(
          List.of(all.get(1), all.get(4)),
          model.evaluate(List.of(agent), PLAN).get(0).under(condition));
    }
  }

  @Test
  void aSpeakerMemoryGetsTheLastEstimateOfTheOtherSide() {
    MemoryPlan plan = new MemoryPlan(writeSpeakerModel(), 1, Optional.empty());
    Dialogue call = TinyDialogues.withAgent(dialogues.get(1));
    try (DialogueModel speakerModel = openModel()) {
      List<EmotionEstimate> evaluated =
          speakerModel.evaluate(List.of(call), plan).get(0).under(Conditions.MEMORY);

      assertClose(evaluated, job(call));
      List<EmotionEstimate> alone =
          speakerModel
              .evaluate(List.of(call.onlyRole("AGENT")), plan)
              .get(0)
              .under(Conditions.MEMORY);
      assertThat(Math.abs(evaluated.get(4).toArray()[0] - alone.get(1).toArray()[0]))
          .isGreaterThan(10 * TOLERANCE.value);
    }
  }

  /** The next emotion is the last one of the other side. */
  private SpeakerMemoryConfig writeSpeakerModel() {
    SpeakerMemoryConfig settings = new SpeakerMemoryConfig(2, 0, 24);
    new UndertoneConfig("tiny", TinyModel.VOCABULARY, settings).write(directory);
    float[] dynamics = new float[CLASSES * CLASSES * CLASSES];
    for (int pair = 0; pair < CLASSES * CLASSES; pair++) {
      dynamics[pair % CLASSES * CLASSES * CLASSES + pair] = 1;
    }
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              Shape scalar = new Shape(1);
              new HeadAdapter(
                      manager.ones(new Shape(2, 32)),
                      manager.eye(CLASSES),
                      manager.create(dynamics, new Shape(CLASSES, CLASSES * CLASSES)).duplicate(),
                      manager.full(scalar, 0.9f),
                      manager.full(scalar, 0.1f),
                      manager.full(scalar, 0.9f))
                  .save(directory);
            }
          });
    }
    return settings;
  }

  @Test
  void estimatesTheUtterancesOfARecordingAsTurnsOfADialogue() {
    Dialogue dialogue = dialogues.get(1);
    ClipAudio audio = new ClipAudio(directory, 8000);
    List<Pcm> utterances = dialogue.turns().stream().map(turn -> audio.read(turn.path())).toList();

    Map<String, List<EmotionEstimate>> estimates = model.estimate(dialogue.id(), utterances);

    EvaluatedDialogue expected = model.evaluate(List.of(dialogue), PLAN).get(0);
    assertThat(estimates).containsOnlyKeys(Conditions.WINDOW, Conditions.MEMORY);
    estimates.forEach((condition, actual) -> assertClose(actual, expected.under(condition)));
    assertThat(model.estimate("silent", List.of()).get(Conditions.MEMORY)).isEmpty();
  }

  @Test
  void estimatesAnUtteranceAloneAsAJobDoesACallOfOneUtterance() {
    RandomClassifier.write(directory, 8, 5);
    ClipAudio audio = new ClipAudio(directory, 8000);
    List<Pcm> utterances =
        dialogues.get(1).turns().stream().map(turn -> audio.read(turn.path())).toList();
    try (DialogueModel classified = openModel();
        TorchEmotionModel torch = openTorch()) {
      assertThat(classified.sampleRateHz()).isEqualTo(torch.sampleRateHz());

      List<ClipModel.Estimate> estimates = classified.estimateAlone(utterances);

      assertClose(
          estimates.stream().map(ClipModel.Estimate::model).toList(),
          ClipModel.of(torch).estimate(utterances).stream()
              .map(ClipModel.Estimate::model)
              .toList());
      assertThat(estimates.stream().map(one -> one.classifier().orElseThrow()).toList())
          .isEqualTo(classified.evaluate(dialogues, PLAN).get(1).under(Conditions.CLASSIFIER));
      assertThatThrownBy(() -> classified.estimateAlone(List.of(new Pcm(new float[1], 8000))))
          .isInstanceOf(UtteranceTooShortException.class);
    }
  }

  @Test
  void withoutContextTheEstimateOfAClipDoesNotDependOnItsPlace() {
    List<EvaluatedDialogue> evaluated = model.evaluate(dialogues, PLAN);

    List<EmotionEstimate> first = evaluated.get(0).under(Conditions.NO_CONTEXT);
    List<EmotionEstimate> second = evaluated.get(1).under(Conditions.NO_CONTEXT);
    assertThat(first.get(0)).isEqualTo(second.get(3));
    assertThat(first.get(1)).isEqualTo(second.get(1));
    // At the first turn the window holds the begin token and the utterance only.
    assertClose(evaluated.get(0).under(Conditions.WINDOW).subList(0, 1), first.subList(0, 1));
    assertThat(evaluated.get(0).under(Conditions.WINDOW).get(2)).isNotEqualTo(first.get(2));
  }

  @Test
  void theClassifierEstimatesEachClipAlone() {
    RandomClassifier.write(directory, 8, 5);
    try (DialogueModel classified = openModel()) {
      List<EvaluatedDialogue> evaluated = classified.evaluate(dialogues, PLAN);

      List<EmotionEstimate> first = evaluated.get(0).under(Conditions.CLASSIFIER);
      List<EmotionEstimate> second = evaluated.get(1).under(Conditions.CLASSIFIER);
      assertThat(first.get(0)).isEqualTo(second.get(3)).isNotEqualTo(first.get(1));
      assertThat(second).hasSize(5);
      assertClose(
          evaluated.get(0).under(Conditions.MEMORY),
          model.evaluate(dialogues, PLAN).get(0).under(Conditions.MEMORY));
    }
    assertThat(model.evaluate(dialogues, PLAN))
        .noneMatch(dialogue -> dialogue.has(Conditions.CLASSIFIER));
  }

  @Test
  void extraPassesChangeOnlyTheEstimatesWithMemory() {
    List<EvaluatedDialogue> once = model.evaluate(dialogues, PLAN);

    List<EvaluatedDialogue> twice =
        model.evaluate(dialogues, new MemoryPlan(TinyModel.MEMORY, 2, Optional.empty()));

    assertThat(twice.get(0).under("memory")).isNotEqualTo(once.get(0).under("memory"));
    assertClose(twice.get(0).under("window"), once.get(0).under("window"));
  }

  @Test
  void exactSavingChangesNoEstimateAndLossySavingDoes() {
    List<EvaluatedDialogue> resident = model.evaluate(dialogues, PLAN);

    List<EvaluatedDialogue> exact = model.evaluate(dialogues, saving(MemoryEncoding.EXACT));
    List<EvaluatedDialogue> small = model.evaluate(dialogues, saving(SMALL));

    assertThat(exact.get(0).under("memory")).isEqualTo(resident.get(0).under("memory"));
    assertThat(small.get(0).under("memory")).isNotEqualTo(resident.get(0).under("memory"));
    assertClose(small.get(0).under("window"), resident.get(0).under("window"));
    assertThat(3 * model.savedBytes(TinyModel.MEMORY, SMALL))
        .isLessThan(2 * model.savedBytes(TinyModel.MEMORY, MemoryEncoding.EXACT));
  }

  private static MemoryPlan saving(MemoryEncoding encoding) {
    return new MemoryPlan(TinyModel.MEMORY, 1, Optional.of(encoding));
  }

  @Test
  void rejectsExtraPassesOfASpeakerMemory() {
    SpeakerMemoryConfig speaker = new SpeakerMemoryConfig(2, 0, 24);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MemoryPlan(speaker, 2, Optional.empty()))
        .withMessageContaining("passes must be 1 for SpeakerMemoryConfig");
  }

  @Test
  void aRestoredMemoryReadsItsPrefixAgain() {
    MemoryPlan exact = PLAN.with(TokenLearningChanges.ofWindow(32));
    MemoryPlan reusing = exact.with(TokenLearningChanges.ofPrefixRefresh(4));
    MemoryPlan loaded = new MemoryPlan(reusing.memory(), 1, Optional.of(MemoryEncoding.EXACT));

    List<EmotionEstimate> expected = model.evaluate(dialogues, exact).get(1).under("memory");

    assertThat(model.evaluate(dialogues, loaded).get(1).under("memory")).isEqualTo(expected);
    assertThat(model.evaluate(dialogues, reusing).get(1).under("memory")).isNotEqualTo(expected);
  }

  private List<EmotionEstimate> job(Dialogue dialogue) {
    List<EmotionEstimate> estimates = new ArrayList<>();
    try (TorchEmotionModel torch = openTorch()) {
      long seed = DialogueCall.seed(dialogue.id());
      LiveCall<ChannelMemory> call = new LiveCall<>(channel -> torch.newMemory(seed));
      ClipAudio audio = new ClipAudio(directory, torch.sampleRateHz());
      for (Turn turn : dialogue.turns()) {
        int channel = turn.role().equals("CUSTOMER") ? 0 : 1;
        RecognitionRequest request = call.request(channel, audio.read(turn.path()));
        EmotionEstimate estimate = torch.recognize(List.of(request)).get(0).estimate();
        call.recognized(channel, estimates.size(), estimate);
        estimates.add(estimate);
      }
    }
    return estimates;
  }

  private TorchEmotionModel openTorch() {
    return TorchEmotionModel.open(
        directory,
        (folder, parent) -> new TinyModel.LoudnessTokenizer(),
        EmotionPrior.UNIFORM,
        DeviceChoice.CPU);
  }
}
