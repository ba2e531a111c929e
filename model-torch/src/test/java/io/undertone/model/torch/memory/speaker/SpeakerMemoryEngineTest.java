package io.undertone.model.torch.memory.speaker;

import static io.undertone.model.torch.memory.speaker.TinySpeakerMemories.AUDIO_END;
import static io.undertone.model.torch.memory.speaker.TinySpeakerMemories.CLASSES;
import static io.undertone.model.torch.memory.speaker.TinySpeakerMemories.RANK;
import static io.undertone.model.torch.memory.speaker.TinySpeakerMemories.TOLERANCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.EmotionPrior;
import io.undertone.model.torch.TinyLlama;
import io.undertone.model.torch.device.DeviceExtension;
import io.undertone.model.torch.memory.LogitCorrection;
import io.undertone.model.torch.memory.TokenizedUtterance;
import io.undertone.model.torch.tokenizer.UtteranceCues;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Memories with a voice model. */
class SpeakerMemoryEngineTest {
  private static final int WIDTH = 2;
  private static final int PARAMETERS = CLASSES * RANK + CLASSES + WIDTH + 1;
  private static final List<TokenizedUtterance> UTTERANCES =
      List.of(
          new TokenizedUtterance(
              new int[] {5, 9, 31, AUDIO_END},
              new UtteranceCues(new float[] {0.5f, -1}, new float[] {-1, -2, -3, -1}),
              Optional.empty()),
          new TokenizedUtterance(
              new int[] {7, 7, 60, 2, 11, 4, AUDIO_END},
              UtteranceCues.ofVoice(new float[] {-2, 0.3f}),
              Optional.empty()));
  private static final SpeakerMemoryConfig CONFIG = new SpeakerMemoryConfig(RANK, WIDTH, 24);
  private static final float[] NONE = new float[0];
  private static final UtteranceCues CUES =
      new UtteranceCues(new float[] {0.5f, -1}, new float[] {-3, -0.2f, -2, -4});

  @RegisterExtension private final DeviceExtension device = new DeviceExtension();

  @Test
  void anUtteranceWithoutVoiceCuesLeavesTheOffsetAsItIs() {
    device.run(
        () -> {
          float[] values = new float[PARAMETERS];
          values[PARAMETERS - 3] = 0.4f;
          values[PARAMETERS - 2] = -0.1f;
          values[PARAMETERS - 1] = 2;

          SpeakerModel.Step step = step(NONE, values);

          float[] after = values(step.after());
          assertThat(Arrays.copyOfRange(after, PARAMETERS - 3, PARAMETERS))
              .containsExactly(0.4f, -0.1f, 2);
          assertThat(step.logEstimates())
              .isEqualTo(
                  step(new float[] {9, 9}, Optional.empty(), values, Optional.empty())
                      .logEstimates());
        });
  }

  @Test
  void voiceCuesChangeTheEstimateAndTheOffset() {
    device.run(
        () -> {
          SpeakerModel.Step step = step(new float[] {0.5f, -1}, new float[PARAMETERS]);

          assertThat(step.logEstimates())
              .isNotEqualTo(step(NONE, new float[PARAMETERS]).logEstimates());
          float[] after = values(step.after());
          assertThat(after[PARAMETERS - 1]).isEqualTo(1);
          assertThat(after[PARAMETERS - 3]).isNotZero();
        });
  }

  @Test
  void anEstimateOfAKnownKindOfVoiceIsLearnedAsItIs() {
    device.run(
        () -> {
          SpeakerModel.Step step = step(new float[] {0.1f, -0.1f}, new float[PARAMETERS]);

          assertThat(lastEstimate(step))
              .containsExactly(step.logEstimates().exp().toFloatArray(), TOLERANCE);
        });
  }

  @Test
  void anEstimateOfAStrangeVoiceIsLearnedAsLessCertain() {
    device.run(
        () -> {
          SpeakerModel.Step step = step(new float[] {30, -40}, new float[PARAMETERS]);

          float[] tempered = step.logEstimates().div(2).softmax(1).toFloatArray();
          assertThat(lastEstimate(step)).containsExactly(tempered, TOLERANCE);
          assertThat(tempered).isNotEqualTo(step.logEstimates().exp().toFloatArray());
        });
  }

  @Test
  void theOffsetOfAStrangeVoiceIsLearnedAsThatOfSomebodyCalm() {
    device.run(
        () -> {
          float[] strange = {30, -40};

          SpeakerModel.Step step = step(strange, new float[PARAMETERS]);

          double[] routine = EmotionPrior.CALLS.toArray();
          float[] learned = step.logEstimates().exp().toFloatArray();
          for (int emotion = 0; emotion < CLASSES; emotion++) {
            learned[emotion] = (float) Math.sqrt(learned[emotion] * routine[emotion]);
          }
          NDArray estimates = device.manager().create(learned, new Shape(1, CLASSES));
          VoiceModel voice = voice();
          VoiceModel.Observation observed =
              voice.observe(
                  device.manager().create(strange, new Shape(1, WIDTH)),
                  device.manager().ones(new Shape(1, 1)));
          VoiceModel.Offset expected =
              voice.update(observed, observed.unknownSpeaker(), estimates.div(estimates.sum()));
          assertThat(step.after().offset().orElseThrow().values().toFloatArray())
              .containsExactly(expected.values().toFloatArray(), within(1e-4f));
        });
  }

  @Test
  void withoutVoiceCuesDecoderAndClassifierAreCombined() {
    device.run(
        () -> {
          NDArray decoder = decoder();
          UtteranceCues classified = new UtteranceCues(NONE, new float[] {-3, -0.2f, -2, -4});

          NDArray both = evidence(CONFIG, decoder, classified).logits();
          NDArray alone = evidence(CONFIG, decoder, UtteranceCues.NONE).logits();

          assertThat(both.toFloatArray())
              .containsExactly(new float[] {-1.2f, -0.7f, -0.85f, -2}, TOLERANCE);
          assertThat(alone).isEqualTo(decoder);
        });
  }

  @Test
  void withVoiceCuesTheClassifierCountsAsPartOfTheVoice() {
    device.run(
        () -> {
          UtteranceEvidence evidence = evidence(CONFIG, decoder(), CUES);

          assertThat(evidence.logits().toFloatArray())
              .containsExactly(new float[] {0.2f, -0.4f, 0.1f, 0}, TOLERANCE);
          assertThat(evidence.voices().toFloatArray()).containsExactly(0.5f, -1);
        });
  }

  @Test
  void aModelMayWeighDecoderAndClassifierOtherwise() {
    device.run(
        () -> {
          SpeakerMemoryConfig config =
              new SpeakerMemoryConfig(RANK, WIDTH, 24, new EvidenceWeights(0.1, 0.5));

          assertThat(evidence(config, decoder(), CUES).logits().toFloatArray())
              .containsExactly(new float[] {-1.4f, -0.3f, -0.95f, -2}, TOLERANCE);
        });
  }

  @Test
  void theLastEstimateOfTheOtherSideChangesWhatIsExpected() {
    device.run(
        () -> {
          float[] memory = new float[PARAMETERS];
          float[] spoken = {0.5f, -1};
          NDArray alone = step(spoken, memory).logEstimates();
          EmotionEstimate angry = new EmotionEstimate(new float[] {0, 0, 1, 0});

          float[] after =
              step(spoken, Optional.of(angry), memory, Optional.of(voice()))
                  .logEstimates()
                  .sub(alone)
                  .toFloatArray();

          double expected = Math.log(0.5 + 0.5 / CLASSES) - Math.log(0.5 / CLASSES);
          assertThat((double) after[2] - after[0]).isCloseTo(expected, within(1e-4));
          assertThat(after[1]).isCloseTo(after[0], within(1e-4f));
        });
  }

  @Test
  void refusesVoiceCuesOfAnotherWidth() {
    device.run(
        () ->
            assertThatIllegalArgumentException()
                .isThrownBy(() -> step(new float[3], new float[PARAMETERS]))
                .withMessage("voice must have 2 values or none, but has 3"));
  }

  @Test
  void aBatchGivesEachMemoryTheResultThatItGetsAlone() {
    device.run(() -> TinySpeakerMemories.assertBatchesEqualSingles(engine(), round -> UTTERANCES));
  }

  @Test
  void aRestoredMemoryGivesTheSameResults() {
    device.run(
        () -> {
          SpeakerMemoryEngine engine = engine();
          List<SpeakerMemory> memories = List.of(engine.newMemory(1), engine.newMemory(2));
          engine.recognize(memories, UTTERANCES);

          List<SpeakerMemory> restored =
              memories.stream().map(memory -> engine.restore(memory.snapshot("")).get()).toList();

          assertThat(CONFIG.cost(TinyLlama.config()).valueBytes())
              .isEqualTo((long) PARAMETERS * Float.BYTES);
          assertThat(engine.recognize(restored, UTTERANCES))
              .isEqualTo(engine.recognize(memories, UTTERANCES));
        });
  }

  @Test
  void recognitionLeavesNoArraysBehind() {
    SpeakerMemoryEngine engine = device.call(this::engine);
    List<SpeakerMemory> memories =
        device.call(() -> List.of(engine.newMemory(1), engine.newMemory(2)));
    device.run(() -> engine.recognize(memories, UTTERANCES));
    int before = device.liveArrays();

    for (int i = 0; i < 5; i++) {
      device.run(() -> engine.recognize(memories, UTTERANCES));
    }

    assertThat(device.liveArrays()).isEqualTo(before);
  }

  private SpeakerModel.Step step(float[] spoken, float[] memory) {
    return step(spoken, Optional.empty(), memory, Optional.of(voice()));
  }

  private SpeakerModel.Step step(
      float[] spoken,
      Optional<EmotionEstimate> otherSide,
      float[] memory,
      Optional<VoiceModel> voice) {
    SpeakerMemoryConfig config =
        new SpeakerMemoryConfig(RANK, voice.isPresent() ? WIDTH : 0, CONFIG.windowTokens());
    SpeakerStateLayout layout = new SpeakerStateLayout(config);
    float[] own = Arrays.copyOf(memory, layout.size());
    UtteranceEvidence evidence =
        UtteranceEvidence.of(
            device.manager().ones(new Shape(1, 6)),
            drawn(1, CLASSES, 8),
            List.of(UtteranceCues.ofVoice(spoken)),
            List.of(otherSide),
            config,
            device.manager());
    return new SpeakerModel(adapter(6), voice)
        .step(evidence, layout.split(device.manager().create(own, new Shape(1, own.length))));
  }

  /** Logits of the decoder. */
  private NDArray decoder() {
    return device.manager().create(new float[] {1, -2, 0.5f, 0}, new Shape(1, CLASSES));
  }

  private UtteranceEvidence evidence(
      SpeakerMemoryConfig config, NDArray decoder, UtteranceCues cues) {
    return UtteranceEvidence.of(
        decoder, decoder, List.of(cues), List.of(Optional.empty()), config, device.manager());
  }

  private static float[] lastEstimate(SpeakerModel.Step step) {
    return step.after().lastEstimate().add(1f / CLASSES).toFloatArray();
  }

  private static float[] values(SpeakerState state) {
    return new SpeakerStateLayout(CONFIG).join(state).toFloatArray();
  }

  private SpeakerMemoryEngine engine() {
    return TinySpeakerMemories.engine(
        CONFIG,
        LogitCorrection.NONE,
        width -> new SpeakerModel(adapter(width), Optional.of(voice())),
        device.manager());
  }

  private HeadAdapter adapter(int width) {
    return TinySpeakerMemories.adapter(
        drawn(RANK, width, 3), drawn(CLASSES, CLASSES, 4), dynamics());
  }

  /** The next emotion is the last one of the other side. */
  private NDArray dynamics() {
    float[] dynamics = new float[CLASSES * CLASSES * CLASSES];
    for (int next = 0; next < CLASSES; next++) {
      for (int own = 0; own < CLASSES; own++) {
        dynamics[(next * CLASSES + own) * CLASSES + next] = 1;
      }
    }
    return device.manager().create(dynamics, new Shape(CLASSES, CLASSES * CLASSES)).duplicate();
  }

  private VoiceModel voice() {
    return new VoiceModel(
        drawn(WIDTH, WIDTH, 5),
        device.manager().zeros(new Shape(WIDTH)),
        drawn(CLASSES, WIDTH, 6),
        device.manager().full(new Shape(WIDTH), 0.5f),
        device.manager().full(new Shape(1), 0.5f));
  }

  private NDArray drawn(int rows, int columns, int seed) {
    Random random = new Random(seed);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return device.manager().create(values, new Shape(rows, columns)).duplicate();
  }
}
