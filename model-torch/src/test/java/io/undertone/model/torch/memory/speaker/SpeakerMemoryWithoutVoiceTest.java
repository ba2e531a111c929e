package io.undertone.model.torch.memory.speaker;

import static io.undertone.model.torch.memory.speaker.TinySpeakerMemories.AUDIO_END;
import static io.undertone.model.torch.memory.speaker.TinySpeakerMemories.CLASSES;
import static io.undertone.model.torch.memory.speaker.TinySpeakerMemories.RANK;
import static io.undertone.model.torch.memory.speaker.TinySpeakerMemories.TOLERANCE;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.EmotionPrior;
import io.undertone.model.MemorySnapshot;
import io.undertone.model.MemorySnapshot.Tensor;
import io.undertone.model.Recognition;
import io.undertone.model.torch.TinyLlama;
import io.undertone.model.torch.device.DeviceExtension;
import io.undertone.model.torch.memory.LogitCorrection;
import io.undertone.model.torch.memory.TokenizedUtterance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SpeakerMemoryWithoutVoiceTest {
  private static final SpeakerMemoryConfig CONFIG = new SpeakerMemoryConfig(RANK, 0, 24);

  @RegisterExtension private final DeviceExtension device = new DeviceExtension();

  @Test
  void aBatchGivesEachMemoryTheResultThatItGetsAlone() {
    device.run(
        () ->
            TinySpeakerMemories.assertBatchesEqualSingles(
                engine(), SpeakerMemoryWithoutVoiceTest::utterances));
  }

  @Test
  void repeatedUtterancesArePredictedBetter() {
    device.run(
        () -> {
          SpeakerMemoryEngine engine = engine();
          SpeakerMemory memory = engine.newMemory(1);
          List<TokenizedUtterance> utterance = List.of(utterances(7).get(0));
          float first = engine.recognize(List.of(memory), utterance).get(0).update().loss();
          for (int again = 0; again < 5; again++) {
            engine.recognize(List.of(memory), utterance);
          }

          Recognition last = engine.recognize(List.of(memory), utterance).get(0);

          assertThat(first).isCloseTo((float) Math.log(CLASSES), TOLERANCE);
          assertThat(last.update().loss()).isLessThan(first - 0.001f);
          assertThat(last.estimate()).isNotEqualTo(withoutMemory(engine, memory));
        });
  }

  @Test
  void eachRecognitionSaysWhatTheMemoryChanged() {
    device.run(
        () -> {
          SpeakerMemoryEngine engine = engine();
          SpeakerMemory memory = engine.newMemory(1);
          for (int again = 0; again < 3; again++) {
            Recognition recognition =
                engine.recognize(List.of(memory), utterances(7).subList(0, 1)).get(0);

            assertThat(recognition.withoutMemory()).contains(withoutMemory(engine, memory));
            assertThat(recognition.withoutMemory())
                .isNotEqualTo(Optional.of(recognition.estimate()));
          }
        });
  }

  @Test
  void aRestoredMemoryGivesTheSameResults() {
    device.run(
        () -> {
          SpeakerMemoryEngine engine = engine();
          SpeakerMemory memory = engine.newMemory(1);
          engine.recognize(List.of(memory), utterances(1).subList(0, 1));

          SpeakerMemory restored = engine.restore(memory.snapshot("")).get();

          assertThat(CONFIG.cost(TinyLlama.config()).valueBytes())
              .isEqualTo((CLASSES * RANK + CLASSES) * (long) Float.BYTES);
          List<TokenizedUtterance> next = utterances(2).subList(0, 1);
          assertThat(engine.recognize(List.of(restored), next))
              .isEqualTo(engine.recognize(List.of(memory), next));
        });
  }

  @Test
  void anUpdateThatOverflowsIsDropped() {
    device.run(
        () -> {
          SpeakerMemoryEngine engine = engine();
          float[] huge = new float[CLASSES * RANK];
          for (int i = 0; i < huge.length; i++) {
            huge[i] = i % 2 == 0 ? 3e38f : -3e38f;
          }
          Tensor adapter = new Tensor("foresight.lora_B.weight", new int[] {CLASSES, RANK}, huge);
          Tensor lastEstimate =
              new Tensor("foresight.belief", new int[] {1, CLASSES}, new float[CLASSES]);
          int[] history = engine.newMemory(1).history().tokens();
          SpeakerMemory overflowing =
              engine
                  .restore(new MemorySnapshot("", 1, 1, history, List.of(adapter, lastEstimate)))
                  .get();

          Recognition recognition =
              engine.recognize(List.of(overflowing), utterances(1).subList(0, 1)).get(0);

          assertThat(recognition.update().applied()).isFalse();
          assertThat(recognition.estimate()).isEqualTo(withoutMemory(engine, overflowing));
          assertThat(overflowing.snapshot("").tensors().get(0).values()).isEqualTo(huge);
        });
  }

  @Test
  void theFirstEstimateOfACallFollowsThePrior() {
    device.run(
        () -> {
          LogitCorrection calls = new LogitCorrection(1, EmotionPrior.UNIFORM, EmotionPrior.CALLS);
          EmotionEstimate plain = first(engine());

          EmotionEstimate moved = first(engine(calls));

          assertThat(moved.toArray())
              .containsExactly(EmotionPrior.CALLS.apply(plain).toArray(), TOLERANCE);
        });
  }

  private static EmotionEstimate first(SpeakerMemoryEngine engine) {
    List<TokenizedUtterance> utterance = utterances(1).subList(0, 1);
    return engine.recognize(List.of(engine.newMemory(1)), utterance).get(0).estimate();
  }

  @Test
  void withoutMemoryTheTemperatureComesBeforeThePrior() {
    device.run(
        () -> {
          LogitCorrection correction =
              new LogitCorrection(1.5, EmotionPrior.UNIFORM, EmotionPrior.CALLS);
          SpeakerMemoryEngine engine = engine();
          float[] plain = withoutMemory(engine, engine.newMemory(1)).toArray();

          SpeakerMemoryEngine corrected = engine(correction);

          float[] tempered = new float[CLASSES];
          double sum = 0;
          for (float probability : plain) {
            sum += Math.pow(probability, 1 / 1.5);
          }
          for (int emotion = 0; emotion < CLASSES; emotion++) {
            tempered[emotion] = (float) (Math.pow(plain[emotion], 1 / 1.5) / sum);
          }
          assertThat(withoutMemory(corrected, corrected.newMemory(1)).toArray())
              .containsExactly(
                  EmotionPrior.CALLS.apply(new EmotionEstimate(tempered)).toArray(), TOLERANCE);
        });
  }

  @Test
  void recognitionLeavesNoArraysBehind() {
    SpeakerMemoryEngine engine = device.call(() -> engine());
    SpeakerMemory memory = device.call(() -> engine.newMemory(1));
    device.run(() -> engine.recognize(List.of(memory), utterances(1).subList(0, 1)));
    int before = device.liveArrays();

    for (int i = 0; i < 5; i++) {
      device.run(() -> engine.recognize(List.of(memory), utterances(2).subList(0, 1)));
    }

    assertThat(device.liveArrays()).isEqualTo(before);
  }

  @Test
  void offersNoTokenLearning() {
    assertThat(CONFIG.tokenLearning()).isEmpty();
  }

  private static EmotionEstimate withoutMemory(SpeakerMemoryEngine engine, SpeakerMemory memory) {
    TokenizedUtterance window = TokenizedUtterance.ofTokens(memory.history().tokens());
    return engine.estimateWithoutMemory(List.of(window)).get(0);
  }

  private SpeakerMemoryEngine engine() {
    return engine(LogitCorrection.NONE);
  }

  private SpeakerMemoryEngine engine(LogitCorrection correction) {
    return TinySpeakerMemories.engine(
        CONFIG,
        correction,
        width -> new SpeakerModel(adapter(width), Optional.empty()),
        device.manager());
  }

  private HeadAdapter adapter(int width) {
    return TinySpeakerMemories.adapter(
        drawn(new Random(3), RANK, width), drawn(new Random(4), CLASSES, CLASSES), lasting());
  }

  /** Emotions stay the same three times in four, whatever those of the other side. */
  private NDArray lasting() {
    float[] dynamics = new float[CLASSES * CLASSES * CLASSES];
    for (int i = 0; i < dynamics.length; i++) {
      int next = i / (CLASSES * CLASSES);
      int own = i % (CLASSES * CLASSES) / CLASSES;
      dynamics[i] = own == next ? 0.75f : 0.25f / 3;
    }
    return device.manager().create(dynamics, new Shape(CLASSES, CLASSES * CLASSES)).duplicate();
  }

  private static List<TokenizedUtterance> utterances(int seed) {
    Random random = new Random(seed);
    List<TokenizedUtterance> utterances = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      int[] tokens = random.ints(5 + 3 * i, 0, 96).toArray();
      tokens[tokens.length - 1] = AUDIO_END;
      utterances.add(TokenizedUtterance.ofTokens(tokens));
    }
    return utterances;
  }

  private NDArray drawn(Random random, int rows, int columns) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() / Math.sqrt(columns));
    }
    return device.manager().create(values, new Shape(rows, columns)).duplicate();
  }
}
