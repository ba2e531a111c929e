package io.undertone.training.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.Emotion;
import io.undertone.model.torch.device.Backward;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.memory.speaker.HeadAdapter;
import io.undertone.model.torch.memory.speaker.SpeakerMemoryConfig;
import io.undertone.model.torch.memory.speaker.VoiceModel;
import io.undertone.model.torch.tokenizer.UtteranceCues;
import io.undertone.training.KilledAt;
import io.undertone.training.ProgressLog;
import io.undertone.training.simulation.EmotionDynamics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeadAdapterTrainingTest {

  private static final int WIDTH = 6;
  private static final int VOICE_WIDTH = 3;
  private static final int CLASSES = Emotion.values().length;

  private static final ProgressLog QUIET =
      new ProgressLog(new PrintStream(OutputStream.nullOutputStream()));

  @TempDir private Path work;

  /** Each speaker has one emotion throughout, and each utterance is weak evidence of it. */
  @Test
  void learnsToUseEarlierUtterances() {
    Random random = new Random(1);
    List<DialogueStates> train = dialogues(300, random);
    List<DialogueStates> dev = dialogues(100, random);
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    onDevice(
        manager -> {
          HeadAdapter adapter =
              new HeadAdapterTraining(
                      manager,
                      new SpeakerMemoryConfig(2, 0, 96),
                      WIDTH,
                      EmotionDynamics.persistent(),
                      Optional.empty(),
                      1,
                      new Backward())
                  .run(train, dev, 10, work, progress(log));

          assertThat(adapter.rate().getFloat()).isPositive();
          assertThat(adapter.keep().getFloat()).isBetween(0f, 1f);
        });
    assertThat(bestLoss(log.toString(StandardCharsets.UTF_8)))
        .isLessThan(lossWithoutMemory(dev) - 0.04);
  }

  /** An operation with a Java number frees an array that the backward pass reads. */
  @Test
  void garbageCollectionBetweenThePassesChangesNothing() {
    List<DialogueStates> train = dialogues(20, new Random(2));
    AtomicInteger collections = new AtomicInteger();
    Runnable collect =
        () -> {
          System.gc();
          for (int i = 0; i < 200; i++) {
            ByteBuffer.allocateDirect(4 + i).order(ByteOrder.nativeOrder()).putFloat(0, i);
          }
          collections.incrementAndGet();
        };
    onDevice(
        manager -> {
          float[] expected = key(train, 1, new Backward(), "expected", QUIET, manager);
          float[] collected = key(train, 1, new Backward(collect), "collected", QUIET, manager);

          assertThat(collections).hasValue(40);
          assertThat(collected).isEqualTo(expected);
        });
  }

  @Test
  void aKilledTrainingEndsWithTheSameWeights() {
    List<DialogueStates> train = dialogues(20, new Random(2));
    ProgressLog killed = KilledAt.log("head-adapter round 2 of 3");
    onDevice(
        manager -> {
          float[] expected = key(train, 3, new Backward(), "expected", QUIET, manager);

          assertThatThrownBy(() -> key(train, 3, new Backward(), "resumed", killed, manager))
              .hasMessage("killed");
          assertThat(key(train, 3, new Backward(), "resumed", QUIET, manager)).isEqualTo(expected);
        });
  }

  /** The key of the adapter after some rounds beside a voice model. */
  private float[] key(
      List<DialogueStates> train,
      int rounds,
      Backward backward,
      String directory,
      ProgressLog progress,
      NDManager manager) {
    HeadAdapterTraining training =
        new HeadAdapterTraining(
            manager,
            new SpeakerMemoryConfig(2, VOICE_WIDTH, 96),
            WIDTH,
            EmotionDynamics.persistent(),
            Optional.of(voice(manager)),
            1,
            backward);
    try {
      Path own = Files.createDirectories(work.resolve(directory));
      return training.run(train, List.of(), rounds, own, progress).key().toFloatArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static VoiceModel voice(NDManager manager) {
    float[] emotions = {1, 0, 0, 0, 1, 0, 0, 0, 1, -1, -1, -1};
    return new VoiceModel(
        manager.eye(VOICE_WIDTH),
        manager.zeros(new Shape(VOICE_WIDTH)),
        manager.create(emotions, new Shape(CLASSES, VOICE_WIDTH)).duplicate(),
        manager.ones(new Shape(VOICE_WIDTH)),
        manager.ones(new Shape(1)));
  }

  private static void onDevice(Consumer<NDManager> test) {
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              test.accept(manager);
            }
          });
    }
  }

  private static ProgressLog progress(OutputStream out) {
    return new ProgressLog(new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  /** Development loss of the round whose weights are kept. */
  private static double bestLoss(String log) {
    return Pattern.compile("dev NLL ([0-9.]+)")
        .matcher(log)
        .results()
        .mapToDouble(result -> Double.parseDouble(result.group(1)))
        .min()
        .orElseThrow();
  }

  private static double lossWithoutMemory(List<DialogueStates> dialogues) {
    double loss = 0;
    int count = 0;
    for (DialogueStates dialogue : dialogues) {
      for (DialogueStates.Utterance utterance : dialogue.utterances()) {
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

  private static List<DialogueStates> dialogues(int count, Random random) {
    Random voices = new Random(3);
    List<DialogueStates> dialogues = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Emotion emotionOfSpeaker = Emotion.values()[random.nextInt(CLASSES)];
      int turns = 6 + random.nextInt(6);
      List<DialogueStates.Utterance> utterances = new ArrayList<>();
      for (int turn = 0; turn < turns; turn++) {
        float[] state = new float[WIDTH];
        state[0] = 1;
        for (int value = 1; value < WIDTH; value++) {
          state[value] = (float) random.nextGaussian();
        }
        float[] logits = new float[CLASSES];
        for (int emotion = 0; emotion < CLASSES; emotion++) {
          logits[emotion] =
              (float)
                  (0.7 * random.nextGaussian() + (emotion == emotionOfSpeaker.ordinal() ? 0.5 : 0));
        }
        utterances.add(
            new DialogueStates.Utterance(
                state, logits, cues(voices), Optional.empty(), Optional.of(emotionOfSpeaker)));
      }
      dialogues.add(new DialogueStates(utterances));
    }
    return dialogues;
  }

  private static UtteranceCues cues(Random random) {
    float[] voice = new float[VOICE_WIDTH];
    for (int value = 0; value < VOICE_WIDTH; value++) {
      voice[value] = (float) random.nextGaussian();
    }
    return UtteranceCues.ofVoice(voice);
  }
}
