package io.undertone.model.torch.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.device.DeviceExtension;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.tokenizer.UtteranceClassifier.Classified;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class UtteranceClassifierTest {
  private static final int[] LEVELS = {4, 5};
  private static final int CODES = 20;
  private static final int[] SPOKEN = {3, 0, 7};

  @RegisterExtension private final DeviceExtension device = new DeviceExtension();

  @TempDir Path directory;

  @BeforeEach
  void writeTokenClassifier() {
    RandomClassifier.write(directory, LEVELS);
  }

  @Test
  void withoutAHeadTheLogitsAreThoseOfTheTokensAndTheVoiceIsTheStatistics() {
    device.runWith(
        manager -> {
          UtteranceClassifier classifier = load(2, manager);
          float[] statistics = {1, 2};

          Classified classified = classifier.classify(SPOKEN, statistics);

          assertThat(classifier.voiceWidth(2)).isEqualTo(2);
          assertThat(classified.logits()).isEqualTo(ofTokens(classifier));
          assertThat(classified.voice()).isEqualTo(statistics);
          float[] estimate = classifier.tokens().estimate(SPOKEN).toArray();
          for (int emotion = 0; emotion < estimate.length; emotion++) {
            assertThat(classified.emotions()[emotion])
                .isCloseTo((float) Math.log(estimate[emotion]), Offset.offset(1e-5f));
          }
          assertThat(classified.cues().voice())
              .hasSize(2 + estimate.length)
              .startsWith(statistics)
              .endsWith(classified.emotions());
        });
  }

  @Test
  void withAHeadTheLogitsAreAveragedAndTheVoiceIsTheHeads() {
    device.runWith(
        manager -> {
          RandomTokenizer.writeHead(directory, 3, manager);
          UtteranceClassifier classifier = load(RandomTokenizer.STATISTICS, manager);
          UtteranceHead head = classifier.head().orElseThrow();
          float[] tokenLogits = ofTokens(classifier);
          float[] headLogits = head.logits(statistics());

          Classified classified = classifier.classify(SPOKEN, statistics());

          assertThat(classifier.voiceWidth(RandomTokenizer.STATISTICS)).isEqualTo(3);
          assertThat(classified.voice()).isEqualTo(head.voice(statistics()));
          // Without fear, in the order of the model's emotions: hap, sad, ang, neu.
          float[] averages = new float[4];
          for (int i = 0; i < averages.length; i++) {
            averages[i] = (tokenLogits[4 - i] + headLogits[4 - i]) / 2;
          }
          assertThat(classified.emotions())
              .containsExactly(
                  manager.create(averages).logSoftmax(0).toFloatArray(), Offset.offset(1e-5f));
        });
  }

  @Test
  void anUtteranceWithoutStatisticsIsClassifiedByItsTokensAlone() {
    device.runWith(
        manager -> {
          RandomTokenizer.writeHead(directory, 3, manager);
          UtteranceClassifier classifier = load(RandomTokenizer.STATISTICS, manager);

          Classified classified = classifier.classify(SPOKEN, new float[0]);

          assertThat(classified.logits()).isEqualTo(ofTokens(classifier));
          assertThat(classified.cues().voice()).isEmpty();
          assertThat(classified.cues().emotions()).hasSize(4);
        });
  }

  @Test
  void utterancesTogetherHaveTheCuesOfEachAloneAndSilenceHasNone() {
    device.runWith(
        manager -> {
          RandomTokenizer.writeHead(directory, 3, manager);
          UtteranceClassifier classifier = load(RandomTokenizer.STATISTICS, manager);

          List<UtteranceCues> cues =
              classifier.cues(
                  List.of(
                      spoken(new int[] {5}, new float[0]),
                      spoken(new int[0], new float[0]),
                      spoken(SPOKEN, statistics())));

          assertSame(cues.get(0), classifier.classify(new int[] {5}, new float[0]).cues());
          assertThat(cues.get(1)).isEqualTo(UtteranceCues.NONE);
          assertSame(cues.get(2), classifier.classify(SPOKEN, statistics()).cues());
        });
  }

  @Test
  void refusesAHeadOfOtherLabels() {
    ClassifierConfig fourLabels =
        new ClassifierConfig(LEVELS, 6, 4, List.of("neu", "ang", "sad", "hap"));
    device.runWith(
        manager -> {
          TokenClassifier.save(
              directory, fourLabels, RandomClassifier.weights(fourLabels, manager));
          RandomTokenizer.writeHead(directory, 3, manager);

          assertThatThrownBy(() -> load(RandomTokenizer.STATISTICS, manager))
              .isInstanceOf(ModelFileException.class)
              .hasMessageEndingWith(
                  "utterance-head.safetensors: labels must be the 4 of the token classifier, but"
                      + " are 5");
        });
  }

  private UtteranceClassifier load(int statisticsWidth, NDManager manager) {
    return UtteranceClassifier.load(directory, CODES, statisticsWidth, manager).orElseThrow();
  }

  private static float[] ofTokens(UtteranceClassifier classifier) {
    return classifier.tokens().logits(List.of(SPOKEN))[0];
  }

  private static float[] statistics() {
    float[] statistics = new float[RandomTokenizer.STATISTICS];
    for (int i = 0; i < statistics.length; i++) {
      statistics[i] = i % 7 / 9f;
    }
    return statistics;
  }

  private static SpeechTokens spoken(int[] codes, float[] statistics) {
    return new SpeechTokens(codes, 25, UtteranceCues.ofVoice(statistics));
  }

  private static void assertSame(UtteranceCues actual, UtteranceCues expected) {
    assertThat(actual.voice()).containsExactly(expected.voice(), Offset.offset(1e-5f));
    assertThat(actual.emotions()).containsExactly(expected.emotions(), Offset.offset(1e-5f));
  }
}
