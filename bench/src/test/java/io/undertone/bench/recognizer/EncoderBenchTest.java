package io.undertone.bench.recognizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.undertone.audio.file.AudioFileException;
import io.undertone.bench.measure.Effort;
import io.undertone.bench.measure.SpeechClips;
import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.model.torch.encoder.Arithmetic;
import io.undertone.model.torch.tokenizer.FsqSpeechTokenizer;
import io.undertone.model.torch.tokenizer.TokenizerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The smallest run; speed is not asserted. */
class EncoderBenchTest {
  private static final Path ENCODER = Path.of("../models/whisper-base-encoder");

  @TempDir private Path directory;

  @Test
  void measuresEachArithmetic() throws AudioFileException, IOException {
    Path copy = Files.createDirectory(directory.resolve(TokenizerConfig.ENCODER_DIRECTORY));
    try (Stream<Path> files = Files.list(ENCODER)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    writeConfig(
        """
        {"format": "undertone-fsq-2", "sampleRateHz": 8000, "encoder": "encoder",
         "tokenLayers": [2, 4], "statisticsLayers": [2, 3, 4],
         "inputWidth": 1024, "width": 8, "dilations": [1], "levels": [5, 5]}
        """);

    EncoderBench.Result result =
        EncoderBench.run(directory, DeviceChoice.CPU, speech(), Effort.SMOKE).orElseThrow();

    assertThat(result.coreMsPerUtterance()).containsOnlyKeys(Arithmetic.values());
    assertThat(result.coreMsPerUtterance().values()).allMatch(coreMs -> coreMs > 0);
    assertThat(result.sgemmGflops()).isPositive();
    assertThat(result.gflopPerUtterance()).isCloseTo(4.27, within(0.01));
  }

  @Test
  void thereIsNothingToMeasureWithoutAPretrainedEncoder() throws AudioFileException, IOException {
    writeConfig(
        """
        {"format": "undertone-fsq-1", "width": 8, "dilations": [1],
         "levels": [5, 5]}
        """);

    assertThat(EncoderBench.run(directory, DeviceChoice.CPU, speech(), Effort.SMOKE)).isEmpty();
  }

  @Test
  void comparesWithTheSameArithmeticInLargeProducts() {
    EncoderBench.Result result = new EncoderBench.Result(Map.of(Arithmetic.FLOAT32, 60.0), 100, 4);

    assertThat(result.overSgemm(Arithmetic.FLOAT32)).isCloseTo(1.5, within(1e-9));
  }

  private void writeConfig(String json) throws IOException {
    Files.writeString(directory.resolve(FsqSpeechTokenizer.CONFIG_FILE), json);
  }

  private static SpeechClips speech() throws AudioFileException {
    return SpeechClips.read(Path.of("../demo/calls/lost-parcel.flac"));
  }
}
