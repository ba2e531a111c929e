package io.undertone.training.finetuning;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.model.Emotion;
import io.undertone.model.EmotionEstimate;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Split;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonTableTest {

  private static final EmotionEstimate HAPPY =
      new EmotionEstimate(new float[] {0.7f, 0.1f, 0.1f, 0.1f});
  private static final EmotionEstimate SAD =
      new EmotionEstimate(new float[] {0.1f, 0.7f, 0.1f, 0.1f});

  @Test
  void saysThatItHelped() {
    assertThat(printed(Optional.of(comparison(SAD, HAPPY, 5))))
        .contains("5 dev clips of 5 speakers")
        .containsPattern("UA +0.000 +1.000  \\+1.000 \\[\\+1.000, \\+1.000]")
        .contains("Intervals: by speakers.")
        .contains("It helped");
  }

  @Test
  void saysThatAFewSpeakersShowNothingOfOthers() {
    assertThat(printed(Optional.of(comparison(SAD, HAPPY, 4))))
        .contains("It helped these 4 speakers")
        .contains("does not show that it helps others")
        .contains("at least 5 speakers");
  }

  @Test
  void saysThatItDidHarm() {
    assertThat(printed(Optional.of(comparison(HAPPY, SAD, 5)))).contains("It did harm");
  }

  @Test
  void saysThatTheDifferenceMayBeChance() {
    assertThat(printed(Optional.of(comparison(HAPPY, HAPPY, 2))))
        .contains("Intervals: by clips")
        .contains("The difference may be chance");
  }

  @Test
  void saysThatNothingIsKnownWithoutDevClips() {
    assertThat(printed(Optional.empty())).startsWith("No dev clips: nothing shows whether");
  }

  private static String printed(Optional<Comparison> comparison) {
    StringWriter out = new StringWriter();
    ComparisonTable.print(comparison, new PrintWriter(out, true));
    return out.toString();
  }

  private static Comparison comparison(
      EmotionEstimate before, EmotionEstimate after, int speakers) {
    List<Comparison.ComparedClip> clips =
        IntStream.range(0, speakers)
            .mapToObj(
                speaker ->
                    new Comparison.ComparedClip(
                        new Clip(
                            speaker + ".wav",
                            "one",
                            "one/" + speaker,
                            "happy",
                            Optional.of(Emotion.HAPPY),
                            Optional.empty(),
                            Split.DEV),
                        before,
                        after))
            .toList();
    return new Comparison(clips);
  }
}
