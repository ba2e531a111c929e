package io.undertone.model.torch.tokenizer.cosyvoice;

import io.undertone.audio.Pcm;
import io.undertone.audio.resample.Resampler;
import io.undertone.model.torch.encoder.LogMel;
import io.undertone.model.torch.encoder.LogMelSpectrum;
import io.undertone.model.torch.files.JsonObject;
import io.undertone.model.torch.tokenizer.FsqSpeechTokenizer;
import io.undertone.model.torch.tokenizer.SpeechTokenizer;
import io.undertone.model.torch.tokenizer.SpeechTokens;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * CosyVoice2's speech tokenizer ({@code speech_tokenizer_v2.onnx}, arXiv 2412.10117): {@value
 * #CODES} codes at {@value #RATE_HZ} Hz, from Whisper's log-mel spectrum of 128 bands. It computes
 * on the processor, with one thread. {@code speech-tokenizer.json} of a model's directory says:
 *
 * <pre>
 * {"format": "cosyvoice2", "sampleRateHz": 8000, "file": "speech_tokenizer_v2.onnx"}
 * </pre>
 */
public final class CosyVoiceTokenizer implements SpeechTokenizer {
  public static final String FORMAT = "cosyvoice2";

  static final int CODES = 6561;
  static final int RATE_HZ = 25;
  static final int BANDS = 128;

  private static final List<String> FIELDS = List.of("format", "sampleRateHz", "file");

  /** Thread-safe. */
  private static final LogMelSpectrum SPECTRUM = new LogMelSpectrum(BANDS);

  private final CosyVoiceSession session;
  private final int sampleRateHz;

  private CosyVoiceTokenizer(CosyVoiceSession session, int sampleRateHz) {
    this.session = session;
    this.sampleRateHz = sampleRateHz;
  }

  /**
   * Reads the tokenizer of a model's directory.
   *
   * @throws io.undertone.model.torch.files.ModelFileException if a file is missing or invalid
   */
  public static CosyVoiceTokenizer load(Path directory) {
    JsonObject json = JsonObject.read(directory.resolve(FsqSpeechTokenizer.CONFIG_FILE));
    json.refuseOthersThan(FIELDS);
    int sampleRateHz = json.integer("sampleRateHz", Resampler.MIN_RATE_HZ);
    String file = json.text("file");
    if (!file.matches("\\w[\\w.-]*")) {
      throw json.wrong("file", "name a file in the model's directory");
    }
    return new CosyVoiceTokenizer(CosyVoiceSession.open(directory.resolve(file)), sampleRateHz);
  }

  @Override
  public int sampleRateHz() {
    return sampleRateHz;
  }

  @Override
  public int frameRateHz() {
    return RATE_HZ;
  }

  @Override
  public int codebookSize() {
    return CODES;
  }

  @Override
  public List<SpeechTokens> encode(List<Pcm> utterances) {
    return utterances.stream().map(this::tokens).toList();
  }

  private SpeechTokens tokens(Pcm utterance) {
    Pcm wideband = Resampler.resample(utterance, LogMelSpectrum.SAMPLE_RATE_HZ);
    LogMel spectrum = SPECTRUM.ofNormalised(wideband.samples());
    IntStream ids =
        Window.covering(spectrum.frames()).stream()
            .flatMapToInt(window -> window.kept(session.codes(spectrum, window)));
    return new SpeechTokens(ids.toArray(), RATE_HZ);
  }

  @Override
  public void close() {
    session.close();
  }
}
