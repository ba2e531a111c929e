package io.undertone.audio.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.audio.Clips;
import io.undertone.audio.segment.SegmenterConfig;
import io.undertone.audio.vad.SileroVad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VadEvaluationTest {
  @TempDir private Path folder;

  private VadEvaluation.Report evaluate(String annotations, String pathPrefix) throws IOException {
    Files.copy(Clips.threeSentencesFile(), folder.resolve("clip.flac"));
    Files.writeString(folder.resolve("segments.csv"), annotations);
    try (SileroVad vad = SileroVad.open()) {
      return new VadEvaluation(vad, SegmenterConfig.defaults()).evaluate(folder, pathPrefix);
    }
  }

  @Test
  void detectorAndSegmenterFindTheAnnotatedSentences() throws IOException {
    VadEvaluation.Report report =
        evaluate(
            """
            path,start,end,speech,speaker
            clip.flac,0.000,2.350,1,anna
            clip.flac,2.350,3.550,0,
            clip.flac,3.550,8.750,1,anna
            clip.flac,8.750,9.650,0,
            clip.flac,9.650,10.600,1,anna
            """,
            "");

    assertThat(report.recordings()).isEqualTo(1);
    assertThat(report.frames()).isEqualTo(92038 / 256);
    assertThat(report.detector().f1()).isGreaterThan(0.95);
    assertThat(report.segmenter().f1()).isGreaterThan(0.95);
    assertThat(report.segmenter().recall()).isGreaterThan(0.98);
  }

  @Test
  void rejectsAPrefixWithoutRecordings() {
    assertThatThrownBy(() -> evaluate("path,start,end,speech,speaker\nclip.flac,0,1,1,\n", "b/"))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("has no recording whose path starts with 'b/'");
  }

  @Test
  void rejectsAnotherHeader() {
    assertThatThrownBy(() -> evaluate("file;begin\n", ""))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("must start with the line path,start,end,speech,speaker");
  }

  @ParameterizedTest
  @CsvSource({
    "'clip.flac,0,2350,1,', 'has 11.505 seconds, but an annotation ends at 2350.000; annotations must be in seconds'",
    "'clip.flac,0,2.350,true,', 'line 2: speech must be 1 or 0, but is ''true'''",
    "'clip.flac,2,1,1,', 'line 2: start must be from 0 to end, but start is 2 and end is 1'",
  })
  void rejectsInvalidAnnotations(String annotation, String message) {
    assertThatThrownBy(() -> evaluate("path,start,end,speech,speaker\n" + annotation + "\n", ""))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith(message);
  }

  @Test
  void computesPrecisionRecallAndF1() {
    boolean[] found = {true, true, true, false, false};
    boolean[] annotated = {true, true, false, true, false};

    FrameScore score = FrameScore.of(found, annotated);

    assertThat(score).isEqualTo(new FrameScore(2, 1, 1, 1));
    assertThat(score.precision()).isEqualTo(2 / 3.0);
    assertThat(score.recall()).isEqualTo(2 / 3.0);
    assertThat(score.f1()).isEqualTo(2 / 3.0);
    assertThat(FrameScore.NONE.f1()).isZero();
  }
}
