package io.undertone.training.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.undertone.model.Emotion;
import io.undertone.training.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmotionDynamicsTest {

  private static final String ROWS =
      """
      {"speaker_change_probability": 0.5, "transitions": {
        "-|-": {"hap": 1, "sad": 1, "ang": 1, "neu": 1},
        "hap|-": {"hap": 3, "sad": 0, "ang": 0, "neu": 1},
        "hap|sad": {"hap": 1, "sad": 4, "ang": 0, "neu": 0},
        "sad|hap": {"hap": 0, "sad": 1, "ang": 0, "neu": 1}}}
      """;

  @TempDir private Path directory;

  @Test
  void theTableHasTheNextEmotionsByOwnAndOtherEmotion() throws IOException {
    float[] table = read(ROWS).table();

    assertThat(after(table, Emotion.HAPPY, Emotion.SAD, Emotion.SAD)).isEqualTo(0.8f);
    assertThat(after(table, Emotion.SAD, Emotion.HAPPY, Emotion.SAD)).isEqualTo(0.5f);
    assertThat(after(table, Emotion.HAPPY, Emotion.ANGRY, Emotion.HAPPY))
        .as("row of the own emotion, without a row of both")
        .isEqualTo(0.75f);
    assertThat(after(table, Emotion.ANGRY, Emotion.SAD, Emotion.HAPPY))
        .as("row of a dialogue's beginning, without either")
        .isEqualTo(0.25f);
    for (Emotion own : Emotion.values()) {
      float sum = 0;
      for (Emotion next : Emotion.values()) {
        sum += after(table, own, Emotion.SAD, next);
      }
      assertThat(sum).isCloseTo(1, within(1e-6f));
    }
  }

  private static float after(float[] table, Emotion own, Emotion other, Emotion next) {
    return table[(next.ordinal() * 4 + own.ordinal()) * 4 + other.ordinal()];
  }

  @Test
  void rejectsInvalidProbabilitiesByName() {
    assertRejected(
        ROWS.replace("\"ang\": 1, ", ""), "ang of -|- must be a number of at least 0, but is ");
    assertRejected(
        ROWS.replace("\"sad\": 4", "\"sad\": -4"),
        "sad of hap|sad must be a number of at least 0, but is -4");
    assertRejected(
        ROWS.replace("{\"hap\": 3, \"sad\": 0, \"ang\": 0, \"neu\": 1}", zeros()),
        "the probabilities of hap|- must have a sum above 0");
    assertRejected(
        ROWS.replace("0.5", "0"),
        "speaker_change_probability must be above 0 and at most 1, but is 0.0");
  }

  private static String zeros() {
    return "{\"hap\": 0, \"sad\": 0, \"ang\": 0, \"neu\": 0}";
  }

  private void assertRejected(String rows, String message) {
    assertThatThrownBy(() -> read(rows))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining(message);
  }

  private EmotionDynamics read(String rows) throws IOException {
    return EmotionDynamics.read(Files.writeString(directory.resolve("dynamics.json"), rows));
  }
}
