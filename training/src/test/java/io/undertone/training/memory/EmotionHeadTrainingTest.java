package io.undertone.training.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.undertone.model.Emotion;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.tokenizer.UtteranceCues;
import io.undertone.training.KilledAt;
import io.undertone.training.ProgressLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmotionHeadTrainingTest {

  private static final int WIDTH = 5;
  private static final int CLASSES = Emotion.values().length;

  @TempDir private Path work;

  @Test
  void learnsTheEmotionsFromTheStates() {
    List<DialogueStates> dialogues = dialogues(100, new Random(1));
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              float[] change =
                  new EmotionHeadTraining(manager, WIDTH, 1)
                      .run(
                          dialogues,
                          dialogues,
                          8,
                          work,
                          new ProgressLog(
                              new PrintStream(
                                  new ByteArrayOutputStream(), true, StandardCharsets.UTF_8)))
                      .toFloatArray();

              assertThat(correct(dialogues)).isLessThan(0.4);
              assertThat(
                      correct(dialogues.stream().map(one -> one.withHeadChange(change)).toList()))
                  .isGreaterThan(0.9);
            }
          });
    }
  }

  @Test
  void aKilledTrainingEndsWithTheSameWeights() throws IOException {
    Path uninterrupted = Files.createDirectory(work.resolve("uninterrupted"));
    Path resumed = Files.createDirectory(work.resolve("resumed"));
    ProgressLog quiet = new ProgressLog(new PrintStream(OutputStream.nullOutputStream()));
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              float[] expected = change(uninterrupted, manager, quiet);

              assertThatThrownBy(() -> change(resumed, manager, KilledAt.log("head round 2 of 3")))
                  .hasMessage("killed");
              assertThat(change(resumed, manager, quiet)).isEqualTo(expected);
            }
          });
    }
  }

  private static float[] change(Path work, NDManager manager, ProgressLog progress) {
    List<DialogueStates> dialogues = dialogues(20, new Random(1));
    return new EmotionHeadTraining(manager, WIDTH, 1)
        .run(dialogues, dialogues, 3, work, progress)
        .toFloatArray();
  }

  private static double correct(List<DialogueStates> dialogues) {
    int correct = 0;
    int all = 0;
    for (DialogueStates dialogue : dialogues) {
      for (DialogueStates.Utterance utterance : dialogue.utterances()) {
        int best = 0;
        for (int emotion = 1; emotion < CLASSES; emotion++) {
          best = utterance.logits()[emotion] > utterance.logits()[best] ? emotion : best;
        }
        correct += best == utterance.emotion().orElseThrow().ordinal() ? 1 : 0;
        all++;
      }
    }
    return (double) correct / all;
  }

  /** States that depend on the emotion, with logits that do not. */
  private static List<DialogueStates> dialogues(int count, Random random) {
    List<DialogueStates> dialogues = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<DialogueStates.Utterance> utterances = new ArrayList<>();
      for (int turn = 0; turn < 6; turn++) {
        int emotion = random.nextInt(CLASSES);
        float[] state = new float[WIDTH];
        for (int value = 0; value < WIDTH; value++) {
          state[value] = (float) (random.nextGaussian() / 2 + (value == emotion ? 3 : 0));
        }
        utterances.add(
            new DialogueStates.Utterance(
                state,
                new float[CLASSES],
                UtteranceCues.NONE,
                Optional.empty(),
                Optional.of(Emotion.values()[emotion])));
      }
      dialogues.add(new DialogueStates(utterances));
    }
    return dialogues;
  }
}
