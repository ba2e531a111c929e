package io.undertone.training.leaveout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.training.ProgressLog;
import io.undertone.training.TrainingException;
import io.undertone.training.recipe.TinyTraining;
import io.undertone.training.recipe.TrainingData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaveOneOutTest {

  @TempDir Path directory;

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final ProgressLog progress =
      new ProgressLog(new PrintStream(log, true, StandardCharsets.UTF_8));

  @Test
  void measuresEachCorpusWithAModelOfTheOthers() throws IOException {
    TrainingData data = TinyTraining.write(directory, List.of("one", "two"));
    Path work = directory.resolve("work");
    Path features = directory.resolve("features.bin");

    LeftOutReport report = new LeaveOneOut(data, 1, 3, progress).run(work, features);

    assertThat(report.corpora()).extracting(LeftOutResult::corpus).containsExactly("one", "two");
    for (LeftOutResult result : report.corpora()) {
      assertThat(result.recorded().confusion().utterances()).isEqualTo(12);
      assertThat(result.telephone().confusion().utterances()).isEqualTo(12);
      assertThat(result.genders()).containsOnlyKeys("f", "m");
      assertThat(result.everyday().utterances()).isEqualTo(1);
      assertThat(result.temperature().value()).isBetween(0.25, 8.0);
    }
    assertThat(work.resolve("without-one/utterance-head.safetensors")).exists();
    log.reset();
    LeftOutReport again = new LeaveOneOut(data, 1, 3, progress).run(work, features);
    assertThat(again.temperature()).isEqualTo(report.temperature());
    assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("tokenizer epoch");
  }

  @Test
  void needsTwoLabelledCorpora() throws IOException {
    TrainingData data = TinyTraining.write(directory, List.of("one"));

    assertThatThrownBy(
            () ->
                new LeaveOneOut(data, 1, 3, progress)
                    .run(directory.resolve("work"), directory.resolve("features.bin")))
        .isInstanceOf(TrainingException.class)
        .hasMessage("labelled corpora must be at least 2, but are [one]");
  }
}
