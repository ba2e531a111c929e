package io.undertone.evaluation.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.EmotionPrior;
import io.undertone.model.torch.TinyModel;
import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.model.torch.features.Voices;
import io.undertone.training.ProgressLog;
import io.undertone.training.corpus.Dialogue;
import io.undertone.training.corpus.Turn;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;

/**
 * A model of random weights, and two dialogues of vowels of 0.4 s: 10 tokens and their end.
 *
 * @param directory of the model and the clips
 */
public record TinyDialogues(Path directory) {
  public static final MemoryPlan PLAN = new MemoryPlan(TinyModel.MEMORY, 1, Optional.empty());
  public static final int UTTERANCE_TOKENS = 11;

  static final Offset<Float> TOLERANCE = Offset.offset(1e-5f);
  private static final int CLIPS = 5;

  /** Writes the model and the clips. */
  public static TinyDialogues write(Path directory) throws IOException {
    TinyModel.write(directory, 3);
    for (int i = 0; i < CLIPS; i++) {
      Voices.write(directory.resolve(i + ".wav"), Voices.vowel(100 + 40 * i, 700, 0.4));
    }
    return new TinyDialogues(directory);
  }

  public DialogueModel open() {
    return DialogueModel.open(
        directory,
        DeviceChoice.CPU,
        (folder, parent) -> new TinyModel.LoudnessTokenizer(),
        directory,
        EmotionPrior.UNIFORM,
        new ProgressLog(
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8)));
  }

  /** Dialogues of one speaker, with 3 and 5 turns. */
  public static List<Dialogue> dialogues() {
    return List.of(dialogue("one", 0, 1, 2), dialogue("two", 3, 1, 4, 0, 2));
  }

  private static Dialogue dialogue(String id, int... clips) {
    List<Turn> turns = new ArrayList<>();
    for (int clip : clips) {
      Emotion emotion = Emotion.values()[clip % Emotion.values().length];
      turns.add(new Turn("CUSTOMER", "corpus/one", emotion, clip + ".wav"));
    }
    return new Dialogue(id, "file", turns);
  }

  /** The same dialogue, with every third turn spoken by an agent. */
  static Dialogue withAgent(Dialogue dialogue) {
    List<Turn> turns = new ArrayList<>();
    for (Turn turn : dialogue.turns()) {
      boolean agent = turns.size() % 3 == 1;
      turns.add(agent ? new Turn("AGENT", "corpus/two", turn.emotion(), turn.path()) : turn);
    }
    return new Dialogue(dialogue.id(), "file", turns);
  }

  public static void assertClose(List<EmotionEstimate> actual, List<EmotionEstimate> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i).toArray()).containsExactly(expected.get(i).toArray(), TOLERANCE);
    }
  }
}
