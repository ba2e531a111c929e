package io.undertone.training.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.device.DeviceExtension;
import io.undertone.model.torch.llama.Adapter;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.llama.LlamaWeights;
import io.undertone.model.torch.llama.config.AttentionShape;
import io.undertone.model.torch.llama.config.LlamaConfig;
import io.undertone.model.torch.llama.config.RotaryAngles;
import io.undertone.model.torch.memory.EmotionReader;
import io.undertone.model.torch.memory.Vocabulary;
import io.undertone.training.KilledAt;
import io.undertone.training.ProgressLog;
import io.undertone.training.evaluation.Metrics;
import io.undertone.training.simulation.DialogueSampler;
import io.undertone.training.simulation.EmotionDynamics;
import io.undertone.training.tokenizer.RevealingClips;
import io.undertone.training.tokenizer.TokenizedClip;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Trains a decoder of one layer on codes of which every other one gives the emotion away. */
class DecoderTrainingTest {

  private static final ProgressLog QUIET =
      new ProgressLog(new PrintStream(OutputStream.nullOutputStream()));
  private static final int[] LEVELS = {4, 2};
  private static final int CODES = 8;
  private static final Vocabulary VOCABULARY =
      new Vocabulary(CODES, 8, 13, 14, List.of(9, 10, 11, 12));
  private static final LlamaConfig DECODER =
      new LlamaConfig(
          VOCABULARY.size(),
          16,
          1,
          32,
          new AttentionShape(2, 2, 8),
          new RotaryAngles(10_000),
          1e-5,
          false);
  private static final int STEPS = 60;

  @RegisterExtension private final DeviceExtension device = new DeviceExtension();

  @TempDir Path work;

  @Test
  void learnsTheEmotionFromTheCodes() {
    List<TokenizedClip> dev = clips("c", 2);
    device.runWith(
        manager -> {
          DecoderTraining training = new DecoderTraining(manager, config(STEPS), VOCABULARY);
          try (LlamaWeights untrained = LlamaWeights.random(DECODER, 1, manager);
              LlamaWeights trained =
                  training.run(
                      new DialogueSampler(
                          List.of(clips("a", 4), clips("b", 4)).stream()
                              .flatMap(List::stream)
                              .toList(),
                          EmotionDynamics.persistent()),
                      dev,
                      work,
                      QUIET)) {
            assertThat(loss(untrained, dev, manager)).isGreaterThan(Math.log(4) - 0.1);
            assertThat(loss(trained, dev, manager)).isLessThan(Math.log(4) - 0.3);
          }
        });
  }

  @Test
  void aKilledTrainingEndsWithTheSameWeights() throws IOException {
    Path uninterrupted = Files.createDirectory(work.resolve("uninterrupted"));
    Path resumed = Files.createDirectory(work.resolve("resumed"));
    device.runWith(
        manager -> {
          run(uninterrupted, manager, QUIET).save(uninterrupted);

          assertThatThrownBy(() -> run(resumed, manager, KilledAt.log("decoder step 40:")))
              .hasMessage("killed");
          run(resumed, manager, QUIET).save(resumed);
        });

    assertThat(resumed.resolve("model.safetensors"))
        .hasSameBinaryContentAs(uninterrupted.resolve("model.safetensors"));
  }

  private static LlamaWeights run(Path work, NDManager manager, ProgressLog progress) {
    return new DecoderTraining(manager, config(20), VOCABULARY)
        .run(
            new DialogueSampler(clips("a", 4), EmotionDynamics.persistent()),
            clips("c", 1),
            work,
            progress);
  }

  private static DecoderTrainingConfig config(int stepsPerRound) {
    return new DecoderTrainingConfig(
        DECODER,
        LEVELS,
        Emotion.values().length,
        STEPS,
        stepsPerRound,
        64,
        4,
        1e-2f,
        0,
        0,
        0.1f,
        1);
  }

  private static List<TokenizedClip> clips(String speaker, int count) {
    return RevealingClips.of(speaker, count, CODES);
  }

  /** NLL clip by clip, without context. */
  private static double loss(LlamaWeights weights, List<TokenizedClip> clips, NDManager manager) {
    Metrics metrics = new Metrics();
    try (NDManager step = manager.newSubManager()) {
      EmotionReader reader = new EmotionReader(new Llama(weights), VOCABULARY, step);
      for (TokenizedClip clip : clips) {
        int[] window = VOCABULARY.withBos(VOCABULARY.utterance(clip.recorded().codes()));
        float[][] probabilities = reader.probabilities(List.of(window), Adapter.NONE, step);
        metrics.add(clip.emotion().orElseThrow(), new EmotionEstimate(probabilities[0]));
      }
    }
    return metrics.negativeLogLikelihood();
  }
}
