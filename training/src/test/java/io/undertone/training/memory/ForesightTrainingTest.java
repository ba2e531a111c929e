package io.undertone.training.memory;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import io.undertone.model.Emotion;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.memory.speaker.HeadAdapter;
import io.undertone.model.torch.memory.speaker.SpeakerMemoryConfig;
import io.undertone.model.torch.tokenizer.UtteranceCues;
import io.undertone.training.ProgressLog;
import io.undertone.training.simulation.EmotionDynamics;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForesightTrainingTest {

  private static final int WIDTH = 6;
  private static final int CLASSES = Emotion.values().length;

  @TempDir private Path work;

  /**
   * Each speaker feels one thing throughout, and every utterance tells a little of it: who
   * remembers knows more.
   */
  @Test
  void learnsToUseWhatWasHeardBefore() {
    Random random = new Random(1);
    List<HeardSequence> train = dialogues(300, random);
    List<HeardSequence> dev = dialogues(100, random);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              HeadAdapter foresight =
                  new ForesightTraining(
                          manager,
                          new SpeakerMemoryConfig(2, 0, 96),
                          WIDTH,
                          EmotionDynamics.sluggish(),
                          Optional.empty(),
                          1)
                      .run(
                          train,
                          dev,
                          10,
                          work,
                          new ProgressLog(new PrintStream(said, true, StandardCharsets.UTF_8)));

              assertThat(foresight.rate().getFloat()).isPositive();
              assertThat(foresight.keep().getFloat()).isBetween(0f, 1f);
            }
          });
    }
    assertThat(bestLoss(said.toString(StandardCharsets.UTF_8)))
        .isLessThan(lossWithoutMemory(dev) - 0.04);
  }

  /** That of the round whose weights are kept. */
  private static double bestLoss(String said) {
    return Pattern.compile("dev NLL ([0-9.]+)")
        .matcher(said)
        .results()
        .mapToDouble(result -> Double.parseDouble(result.group(1)))
        .min()
        .orElseThrow();
  }

  private static double lossWithoutMemory(List<HeardSequence> dialogues) {
    double loss = 0;
    int count = 0;
    for (HeardSequence dialogue : dialogues) {
      for (HeardSequence.Utterance utterance : dialogue.utterances()) {
        double sum = 0;
        for (float logit : utterance.logits()) {
          sum += Math.exp(logit);
        }
        loss -= utterance.logits()[utterance.emotion().orElseThrow().ordinal()] - Math.log(sum);
        count++;
      }
    }
    return loss / count;
  }

  private static List<HeardSequence> dialogues(int count, Random random) {
    List<HeardSequence> dialogues = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Emotion felt = Emotion.values()[random.nextInt(CLASSES)];
      int turns = 6 + random.nextInt(6);
      List<HeardSequence.Utterance> utterances = new ArrayList<>();
      for (int turn = 0; turn < turns; turn++) {
        float[] state = new float[WIDTH];
        state[0] = 1;
        for (int value = 1; value < WIDTH; value++) {
          state[value] = (float) random.nextGaussian();
        }
        float[] logits = new float[CLASSES];
        for (int emotion = 0; emotion < CLASSES; emotion++) {
          logits[emotion] =
              (float) (0.7 * random.nextGaussian() + (emotion == felt.ordinal() ? 0.5 : 0));
        }
        utterances.add(
            new HeardSequence.Utterance(
                state, logits, UtteranceCues.NONE, Optional.empty(), Optional.of(felt)));
      }
      dialogues.add(new HeardSequence(utterances));
    }
    return dialogues;
  }
}
