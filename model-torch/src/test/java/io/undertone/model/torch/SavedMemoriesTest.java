package io.undertone.model.torch;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.model.ChannelMemory;
import io.undertone.model.MemoryCodec;
import io.undertone.model.MemorySnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Memories that earlier versions saved are read, and go on as they would have then. Their bytes
 * never change; {@link SavedMemoriesRecorder} adds those of a later version.
 */
class SavedMemoriesTest {
  /** Processors round differently. */
  private static final Offset<Float> ROUNDING = Offset.offset(1e-4f);

  static List<Path> savedMemories() throws IOException {
    try (Stream<Path> files = Files.walk(MemoryFixture.FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".bin")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("savedMemories")
  void aSavedMemoryIsReadAndGoesOn(Path file, @TempDir Path modelFolder) throws IOException {
    MemoryFixture fixture = fixtureOf(file);
    MemorySnapshot saved = MemoryCodec.decode(Files.readAllBytes(file));

    try (TorchEmotionModel model = fixture.openModel(modelFolder)) {
      RecordedMemory actual = RecordedMemory.of(saved, fixture.goOn(model, saved));
      RecordedMemory recorded =
          RecordedMemory.read(Path.of(file.toString().replace(".bin", ".json")));

      assertThat(actual)
          .usingRecursiveComparison()
          .ignoringFields("nextEstimate", "nextLoss")
          .withComparatorForType(SavedMemoriesTest::compareDigits, Float.class)
          .withComparatorForType(SavedMemoriesTest::compareDigits, Double.class)
          .isEqualTo(recorded);
      assertThat(actual.nextEstimate()).containsExactly(recorded.nextEstimate(), ROUNDING);
      assertThat(actual.nextLoss()).isCloseTo(recorded.nextLoss(), ROUNDING);
    }
  }

  @ParameterizedTest
  @MethodSource("savedMemories")
  void aRestoredMemoryHoldsWhatWasSaved(Path file, @TempDir Path modelFolder) throws IOException {
    MemorySnapshot saved = MemoryCodec.decode(Files.readAllBytes(file));

    try (TorchEmotionModel model = fixtureOf(file).openModel(modelFolder);
        ChannelMemory memory = model.restore(saved)) {
      assertThat(memory.updateStep()).isEqualTo(saved.updateStep());
      assertThat(memory.snapshot()).usingRecursiveComparison().isEqualTo(saved);
    }
  }

  private static MemoryFixture fixtureOf(Path file) {
    String folder = file.getName(file.getNameCount() - 2).toString();
    return MemoryFixture.valueOf(folder.toUpperCase(Locale.ROOT));
  }

  /** Equal but for the last digits, however small the numbers are. */
  private static int compareDigits(Number one, Number other) {
    double difference = Math.abs(one.doubleValue() - other.doubleValue());
    return difference <= 1e-6 * Math.abs(one.doubleValue())
        ? 0
        : Double.compare(one.doubleValue(), other.doubleValue());
  }
}
