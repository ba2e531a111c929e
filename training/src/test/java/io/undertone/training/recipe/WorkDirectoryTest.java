package io.undertone.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.training.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirectoryTest {

  @TempDir Path directory;

  @Test
  void aRunResumesUnderAnotherNameAndTemperatureAndFromOtherFolders() throws IOException {
    Path one = Files.createDirectory(directory.resolve("one"));
    Path other = Files.createDirectory(directory.resolve("other"));
    Path file = directory.resolve("work/training.txt");

    WorkDirectory.claim(file, id(one, List.of("b", "a"), new TrainingPlan("x", 1, 2, 3, 4, 1)));
    WorkDirectory.claim(file, id(other, List.of("a", "b"), new TrainingPlan("y", 1, 2, 3, 4, 1.5)));

    assertThat(file).content().contains("corpora: [a, b]\n", "seed: 1\n");
  }

  private static Map<String, Object> id(Path folder, List<String> corpora, TrainingPlan plan)
      throws IOException {
    TrainingData written = TinyTraining.write(folder, List.of("a", "b"));
    TrainingData data =
        new TrainingData(
            new ClipSource(
                written.source().manifests(),
                Optional.of(folder),
                Set.copyOf(corpora),
                Optional.empty()),
            written.encoder());
    Map<String, Object> id = new LinkedHashMap<>(data.identity());
    id.putAll(plan.identity());
    return id;
  }

  @Test
  void namesTheFirstFieldThatDiffers() throws IOException {
    Path file = directory.resolve("training.txt");
    Map<String, Object> id = new LinkedHashMap<>(Map.of("seed", 1));
    WorkDirectory.claim(file, id);

    assertThatThrownBy(() -> WorkDirectory.claim(file, Map.of("seed", 2)))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "%s: seed must be 1, but is 2; to start anew, delete %s or name another directory",
            file, directory);
    id.put("number of tokenizer epochs", 8);
    assertThatThrownBy(() -> WorkDirectory.claim(file, id))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("number of tokenizer epochs must be unknown, but is 8");
  }
}
