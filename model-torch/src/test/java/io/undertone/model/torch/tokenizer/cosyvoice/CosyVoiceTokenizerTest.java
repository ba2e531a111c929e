package io.undertone.model.torch.tokenizer.cosyvoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.undertone.audio.Pcm;
import io.undertone.model.torch.encoder.LogMel;
import io.undertone.model.torch.encoder.LogMelSpectrum;
import io.undertone.model.torch.files.JsonObject;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.tokenizer.SpeechTokens;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compares with openai-whisper's spectrum, and with the codes that ONNX's reference evaluator
 * computes from it by a small model; make_cosyvoice_fixture.py makes both.
 */
class CosyVoiceTokenizerTest {
  private static final int RATE_HZ = LogMelSpectrum.SAMPLE_RATE_HZ;
  private static final int BANDS = 128;

  /** The fixture has every tenth frame. */
  private static final int STRIDE = 10;

  @TempDir Path directory;

  @BeforeEach
  void writeModel() throws IOException {
    Files.copy(fixture("small_speech_tokenizer.onnx"), directory.resolve("small.onnx"));
    writeConfig("\"sampleRateHz\": 16000, \"file\": \"small.onnx\"");
  }

  @Test
  void theSpectrumIsWhispers() {
    JsonObject expected = JsonObject.read(fixture("expected.json"));
    float[] reference = expected.numbers("mel");

    LogMel spectrum = new LogMelSpectrum(BANDS).ofNormalised(sound(3).samples());

    assertThat(spectrum.frames()).isEqualTo(expected.integer("frames", 1));
    for (int i = 0; i < reference.length; i++) {
      int at = i / BANDS * STRIDE * BANDS + i % BANDS;
      assertThat(spectrum.values()[at]).isCloseTo(reference[i], within(1e-3f));
    }
  }

  @Test
  void givesTheReferenceCodes() {
    int[] expected = JsonObject.read(fixture("expected.json")).integers("codes");
    try (CosyVoiceTokenizer tokenizer = CosyVoiceTokenizer.load(directory)) {
      SpeechTokens tokens = tokenizer.encode(sound(3));

      assertThat(tokens.frameRateHz()).isEqualTo(25);
      assertThat(tokenizer.codebookSize()).isEqualTo(6561);
      assertThat(tokens.ids()).hasSameSizeAs(expected);
      assertThat(Arrays.stream(expected).distinct().count()).isGreaterThan(10);
      assertThat(tokens.ids()).containsExactly(expected);
    }
  }

  @Test
  void readsLongSpeechInWindows() {
    try (CosyVoiceTokenizer tokenizer = CosyVoiceTokenizer.load(directory)) {
      int[] ids = tokenizer.encode(sound(65)).ids();

      assertThat(ids).hasSize(65 * 25);
    }
  }

  @Test
  void telephoneSpeechIsBroughtToTheModelsRate() throws IOException {
    writeConfig("\"sampleRateHz\": 8000, \"file\": \"small.onnx\"");
    try (CosyVoiceTokenizer tokenizer = CosyVoiceTokenizer.load(directory)) {
      assertThat(tokenizer.sampleRateHz()).isEqualTo(8000);
      assertThat(tokenizer.encode(new Pcm(new float[8000], 8000)).ids()).hasSize(25);
      assertThat(tokenizer.encode(new Pcm(new float[10], 8000)).ids()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"0,''", "3000,0-3000", "3001,0-3000 2600-3001", "6000,0-3000 2600-5600 5200-6000"})
  void windowsOverlapByFourSeconds(int frames, String expected) {
    List<String> windows =
        Window.covering(frames).stream()
            .map(window -> window.begin() + "-" + window.end())
            .toList();

    assertThat(String.join(" ", windows)).isEqualTo(expected);
  }

  @Test
  void refusesWhatIsNoSuchModel() throws IOException {
    assertRefused("\"sampleRateHz\": 8000, \"file\": \"../a.onnx\"", "file must name a file in");
    assertRefused("\"sampleRateHz\": 8000, \"file\": \"b.onnx\"", "b.onnx: file must exist");
    assertRefused("\"sampleRateHz\": 8, \"file\": \"small.onnx\"", "sampleRateHz must be");
    assertRefused("\"rate\": 8000, \"file\": \"small.onnx\"", "rate is unknown");
    Files.writeString(directory.resolve("c.onnx"), "nonsense");
    assertRefused("\"sampleRateHz\": 8000, \"file\": \"c.onnx\"", "must be an ONNX model");
    Files.copy(fixture("other_inputs.onnx"), directory.resolve("other.onnx"));
    assertRefused("\"sampleRateHz\": 8000, \"file\": \"other.onnx\"", "inputs must be float32");
  }

  private void assertRefused(String fields, String message) throws IOException {
    writeConfig(fields);
    assertThatThrownBy(() -> CosyVoiceTokenizer.load(directory))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(message);
  }

  private void writeConfig(String fields) throws IOException {
    Files.writeString(
        directory.resolve("speech-tokenizer.json"), "{\"format\": \"cosyvoice2\", " + fields + "}");
  }

  /** A rising tone that swells and fades, in 16 bits. */
  private static Pcm sound(int seconds) {
    float[] samples = new float[seconds * RATE_HZ];
    for (int i = 0; i < samples.length; i++) {
      double t = (double) i / RATE_HZ;
      double wave = 0.3 * Math.sin(2 * Math.PI * (150 + 40 * t) * t);
      wave *= 0.5 + 0.5 * Math.sin(2 * Math.PI * 0.7 * t);
      samples[i] = (float) (Math.rint(wave * 32767) / 32768);
    }
    return new Pcm(samples, RATE_HZ);
  }

  private static Path fixture(String name) {
    URL resource = CosyVoiceTokenizerTest.class.getResource("/cosyvoice/" + name);
    try {
      return Path.of(Objects.requireNonNull(resource).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
