package io.undertone.training.evaluation.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.ChannelMemory;
import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.MemoryEncoding;
import io.undertone.model.MemoryEncoding.OptimizerState;
import io.undertone.model.MemoryEncoding.Weights;
import io.undertone.model.RecognitionRequest;
import io.undertone.model.call.LiveCall;
import io.undertone.model.torch.TinyModel;
import io.undertone.model.torch.TorchEmotionModel;
import io.undertone.model.torch.UndertoneConfig;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.features.Voices;
import io.undertone.model.torch.memory.TokenLearningChanges;
import io.undertone.model.torch.memory.speaker.HeadAdapter;
import io.undertone.model.torch.memory.speaker.SpeakerMemoryConfig;
import io.undertone.model.torch.tokenizer.RandomClassifier;
import io.undertone.training.ProgressLog;
import io.undertone.training.corpus.ClipAudio;
import io.undertone.training.evaluation.Bootstrap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random weights, and voices of 0.4 s: 10 tokens and their end. */
class DialogueModelTest {
  private static final Offset<Float> TOLERANCE = Offset.offset(1e-5f);
  private static final MemoryEncoding SMALL =
      new MemoryEncoding(Weights.INT8, OptimizerState.FACTORED);
  private static final MemoryPlan PLAN = new MemoryPlan(TinyModel.MEMORY, 1, Optional.empty());
  private static final int UTTERANCE_TOKENS = 11;
  private static final int CLIPS = 5;
  private static final int CLASSES = Emotion.values().length;

  @TempDir Path directory;
  private List<Dialogue> dialogues = List.of();
  private DialogueModel model;

  @BeforeEach
  void open() throws IOException {
    TinyModel.write(directory, 3);
    for (int i = 0; i < CLIPS; i++) {
      Voices.write(directory.resolve(i + ".wav"), Voices.vowel(100 + 40 * i, 700, 0.4));
    }
    dialogues = List.of(dialogue("one", 0, 1, 2), dialogue("two", 3, 1, 4, 0, 2));
    model = openModel();
  }

  private DialogueModel openModel() {
    return DialogueModel.open(
        directory,
        (folder, parent) -> new TinyModel.LoudnessTokenizer(),
        directory,
        new ProgressLog(
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8)));
  }

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void hearsWithMemoryWhatTheProductHears() {
    List<HeardDialogue> heard = model.hear(dialogues, PLAN);

    for (int i = 0; i < dialogues.size(); i++) {
      assertThat(heard.get(i).dialogue()).isEqualTo(dialogues.get(i));
      assertClose(heard.get(i).under(Conditions.MEMORY), product(dialogues.get(i)));
    }
  }

  @Test
  void channelsHaveMemoriesAndHistoriesOfTheirOwn() {
    List<Dialogue> calls = dialogues.stream().map(DialogueModelTest::withAgent).toList();

    List<HeardDialogue> heard = model.hear(calls, PLAN);

    for (int i = 0; i < calls.size(); i++) {
      assertClose(heard.get(i).under(Conditions.MEMORY), product(calls.get(i)));
    }
    Dialogue agent = calls.get(1).onlyRole("AGENT");
    for (String condition : Conditions.PLAIN) {
      List<EmotionEstimate> all = heard.get(1).under(condition);
      assertClose(
          List.of(all.get(1), all.get(4)),
          model.hear(List.of(agent), PLAN).get(0).under(condition));
    }
  }

  @Test
  void aSpeakerMemoryGetsTheLastEstimateOfTheOtherSide() {
    MemoryPlan plan = new MemoryPlan(writeSpeakerModel(), 1, Optional.empty());
    Dialogue call = withAgent(dialogues.get(1));
    try (DialogueModel estimates = openModel()) {
      List<EmotionEstimate> heard =
          estimates.hear(List.of(call), plan).get(0).under(Conditions.MEMORY);

      assertClose(heard, product(call));
      List<EmotionEstimate> alone =
          estimates.hear(List.of(call.onlyRole("AGENT")), plan).get(0).under(Conditions.MEMORY);
      assertThat(Math.abs(heard.get(4).toArray()[0] - alone.get(1).toArray()[0]))
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
  void withoutContextEachClipIsTheSameWhereverItStands() {
    List<HeardDialogue> heard = model.hear(dialogues, PLAN);

    List<EmotionEstimate> first = heard.get(0).under(Conditions.NO_CONTEXT);
    List<EmotionEstimate> second = heard.get(1).under(Conditions.NO_CONTEXT);
    assertThat(first.get(0)).isEqualTo(second.get(3));
    assertThat(first.get(1)).isEqualTo(second.get(1));
    // At the first turn the window holds the begin and the utterance, no more.
    assertClose(heard.get(0).under(Conditions.WINDOW).subList(0, 1), first.subList(0, 1));
    assertThat(heard.get(0).under(Conditions.WINDOW).get(2)).isNotEqualTo(first.get(2));
  }

  @Test
  void theClassifierHearsEachClipAlone() {
    RandomClassifier.write(directory, 8, 5);
    try (DialogueModel classified = openModel()) {
      List<HeardDialogue> heard = classified.hear(dialogues, PLAN);

      List<EmotionEstimate> first = heard.get(0).under(Conditions.CLASSIFIER);
      List<EmotionEstimate> second = heard.get(1).under(Conditions.CLASSIFIER);
      assertThat(first.get(0)).isEqualTo(second.get(3)).isNotEqualTo(first.get(1));
      assertThat(second).hasSize(5);
      assertClose(
          heard.get(0).under(Conditions.MEMORY),
          model.hear(dialogues, PLAN).get(0).under(Conditions.MEMORY));
    }
    assertThat(model.hear(dialogues, PLAN))
        .noneMatch(dialogue -> dialogue.has(Conditions.CLASSIFIER));
  }

  @Test
  void windowsOfTheModelsLengthAreTheModelsWindow() {
    int length = TinyModel.MEMORY.windowTokens();
    List<HeardDialogue> heard = model.hear(dialogues, PLAN);

    List<HeardDialogue> windows = model.hearWithWindows(dialogues, PLAN, List.of(length, 512));

    for (int i = 0; i < dialogues.size(); i++) {
      for (String condition : List.of(Conditions.WINDOW, Conditions.MEMORY)) {
        assertClose(
            windows.get(i).under(WindowListening.at(condition, length)),
            heard.get(i).under(condition));
      }
    }
    assertThat(windows.get(1).under("window512").get(4))
        .isNotEqualTo(heard.get(1).under("window").get(4));
  }

  @Test
  void stridesAsLongAsUtterancesAreUtterances() {
    List<HeardDialogue> heard = model.hear(dialogues, PLAN);

    List<HeardDialogue> strides = model.hearInStrides(dialogues, PLAN, UTTERANCE_TOKENS);
    List<HeardDialogue> short4 = model.hearInStrides(dialogues, PLAN, 4);

    for (int i = 0; i < dialogues.size(); i++) {
      for (String condition : List.of(Conditions.WINDOW, Conditions.MEMORY)) {
        assertClose(strides.get(i).under(condition), heard.get(i).under(condition));
      }
    }
    assertThat(short4.get(1).under("memory")).isNotEqualTo(heard.get(1).under("memory"));
  }

  @Test
  void moreUpdatesChangeTheMemoryAlone() {
    List<HeardDialogue> once = model.hear(dialogues, PLAN);

    List<HeardDialogue> twice =
        model.hear(dialogues, new MemoryPlan(TinyModel.MEMORY, 2, Optional.empty()));

    assertThat(twice.get(0).under("memory")).isNotEqualTo(once.get(0).under("memory"));
    assertClose(twice.get(0).under("window"), once.get(0).under("window"));
  }

  @Test
  void memoriesThatAreSavedExactlyHearTheSameAndOthersNearly() {
    List<HeardDialogue> resident = model.hear(dialogues, PLAN);

    List<HeardDialogue> exact = model.hear(dialogues, saving(MemoryEncoding.EXACT));
    List<HeardDialogue> small = model.hear(dialogues, saving(SMALL));

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
  void ablationsHaveARowForEachSetting() {
    Bootstrap bootstrap = new Bootstrap(1, 10);

    assertThat(Ablation.STEPPING.run(model, dialogues, PLAN, bootstrap))
        .extracting(AblationRow::setting)
        .containsExactly("utterance", "stride 64", "stride 128", "stride 256");
    assertThat(Ablation.WINDOW.run(model, dialogues, PLAN, bootstrap))
        .extracting(AblationRow::setting)
        .containsExactly("window 256", "window 512", "window 1024", "window 2048", "window 4096");
  }

  @Test
  void prefixesThatAreReadLessOftenAreComparedWithThoseThatAreAlwaysRead() {
    // Nothing that an utterance is heard behind slides out of the windows.
    MemoryPlan plan = PLAN.with(TokenLearningChanges.ofWindow(64));

    List<AblationRow> rows = Ablation.REFRESH.run(model, dialogues, plan, new Bootstrap(1, 10));

    assertThat(rows)
        .extracting(AblationRow::setting)
        .containsExactly("refresh 1", "refresh 2", "refresh 4", "refresh 8");
    assertThat(rows).allMatch(row -> row.drift().orElseThrow().coreMs() > 0);
    assertThat(rows.get(0).memory().negativeLogLikelihood())
        .isEqualTo(
            DialogueMetrics.of(model.hear(dialogues, plan), Conditions.MEMORY, TurnChoice.ALL)
                .negativeLogLikelihood());
    assertThat(rows.get(3).memory().negativeLogLikelihood())
        .isNotEqualTo(rows.get(0).memory().negativeLogLikelihood());
  }

  @Test
  void aSpeakerMemoryMakesNoExtraPassesAndNoAblations() {
    SpeakerMemoryConfig speaker = new SpeakerMemoryConfig(2, 0, 24);
    MemoryPlan plan = new MemoryPlan(speaker, 1, Optional.empty());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MemoryPlan(speaker, 2, Optional.empty()))
        .withMessageContaining("passes must be 1 for SpeakerMemoryConfig");
    for (Ablation ablation : Ablation.values()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ablation.check(plan))
          .withMessageContaining("memory must learn tokens, but is SpeakerMemoryConfig");
    }
  }

  @Test
  void aMemoryThatIsAlwaysLoadedReadsItsPrefixEachTime() {
    MemoryPlan exact = PLAN.with(TokenLearningChanges.ofWindow(32));
    MemoryPlan reusing = exact.with(TokenLearningChanges.ofPrefixRefresh(4));
    MemoryPlan loaded = new MemoryPlan(reusing.memory(), 1, Optional.of(MemoryEncoding.EXACT));

    List<EmotionEstimate> expected = model.hear(dialogues, exact).get(1).under("memory");

    assertThat(model.hear(dialogues, loaded).get(1).under("memory")).isEqualTo(expected);
    assertThat(model.hear(dialogues, reusing).get(1).under("memory")).isNotEqualTo(expected);
  }

  private List<EmotionEstimate> product(Dialogue dialogue) {
    List<EmotionEstimate> estimates = new ArrayList<>();
    try (TorchEmotionModel product =
        TorchEmotionModel.open(directory, (folder, parent) -> new TinyModel.LoudnessTokenizer())) {
      long seed = Channels.seed(dialogue);
      LiveCall<ChannelMemory> call = new LiveCall<>(channel -> product.newMemory(seed));
      ClipAudio audio = new ClipAudio(directory, product.sampleRateHz());
      for (Turn turn : dialogue.turns()) {
        int channel = turn.role().equals("CUSTOMER") ? 0 : 1;
        RecognitionRequest request = call.request(channel, audio.read(turn.path()));
        EmotionEstimate estimate = product.recognize(List.of(request)).get(0).estimate();
        call.recognized(channel, estimates.size(), estimate);
        estimates.add(estimate);
      }
    }
    return estimates;
  }

  private static void assertClose(List<EmotionEstimate> actual, List<EmotionEstimate> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i).toArray()).containsExactly(expected.get(i).toArray(), TOLERANCE);
    }
  }

  private static Dialogue dialogue(String id, int... clips) {
    List<Turn> turns = new ArrayList<>();
    for (int clip : clips) {
      Emotion emotion = Emotion.values()[clip % Emotion.values().length];
      turns.add(new Turn("CUSTOMER", "corpus/one", emotion, clip + ".wav"));
    }
    return new Dialogue(id, "test", "file", turns);
  }

  /** The same, but the agent says every third turn. */
  private static Dialogue withAgent(Dialogue dialogue) {
    List<Turn> turns = new ArrayList<>();
    for (Turn turn : dialogue.turns()) {
      boolean agent = turns.size() % 3 == 1;
      turns.add(agent ? new Turn("AGENT", "corpus/two", turn.emotion(), turn.path()) : turn);
    }
    return new Dialogue(dialogue.id(), "test", "file", turns);
  }
}
