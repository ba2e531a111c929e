package io.undertone.model.torch.encoder;

import io.undertone.audio.Pcm;
import io.undertone.audio.resample.Resampler;
import io.undertone.model.torch.spectrum.HannWindow;
import io.undertone.model.torch.spectrum.PowerSpectrum;
import io.undertone.model.torch.spectrum.TriangularBands;
import java.util.Arrays;

/**
 * Whisper's log-mel spectrum: 16 kHz, windows of 25 ms every 10 ms, bands from 0 to 8 kHz on
 * Slaney's mel scale. Unlike Whisper's own, it does not pad the utterance to 30 s. Thread-safe.
 */
public final class LogMelSpectrum {
  public static final int SAMPLE_RATE_HZ = 16_000;
  public static final int FRAME_RATE_HZ = 100;

  private static final int WINDOW_SAMPLES = 400;
  private static final int HOP_SAMPLES = SAMPLE_RATE_HZ / FRAME_RATE_HZ;

  /** Windows are centred on their frames, so the first and last ones extend past the ends. */
  private static final int MARGIN_SAMPLES = WINDOW_SAMPLES / 2;

  private static final float SPEECH_RMS = 0.05f;
  private static final float LEAST_ENERGY = 1e-10f;

  /** Dynamic range: decades below the maximum of the utterance. */
  private static final float RANGE = 8;

  private static final float[] WINDOW = HannWindow.periodic(WINDOW_SAMPLES);

  private final TriangularBands bands;

  /**
   * @param bands number of mel bands: 80, or 128 for Whisper large v3
   */
  public LogMelSpectrum(int bands) {
    this.bands = slaney(bands);
  }

  /**
   * The spectrum of an utterance of any sample rate. Its level is normalised before resampling,
   * because the resampler rounds to 16 bits: of a quiet utterance, the rounding noise would be
   * within the spectrum's dynamic range.
   */
  public LogMel of(Pcm utterance) {
    return ofNormalised(Resampler.resample(normalised(utterance), SAMPLE_RATE_HZ).samples());
  }

  private static Pcm normalised(Pcm utterance) {
    float[] samples = utterance.samples();
    double squares = 0;
    for (float sample : samples) {
      squares += (double) sample * sample;
    }
    double rms = Math.sqrt(squares / Math.max(1, samples.length));
    float gain = (float) (SPEECH_RMS / (rms + 1e-6));
    float[] scaled = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      scaled[i] = Math.max(-1, Math.min(1, samples[i] * gain));
    }
    return new Pcm(scaled, utterance.sampleRateHz());
  }

  /**
   * The spectrum of samples at {@value #SAMPLE_RATE_HZ} Hz, whose level is not changed. At most
   * half a window of samples gives no frame.
   */
  public LogMel ofNormalised(float[] samples) {
    int frames = samples.length > MARGIN_SAMPLES ? samples.length / HOP_SAMPLES : 0;
    float[] values = new float[frames * bands.count()];
    if (frames > 0) {
      logEnergies(reflected(samples), values);
      compress(values);
    }
    return new LogMel(values, frames, bands.count());
  }

  private void logEnergies(float[] reflected, float[] values) {
    PowerSpectrum spectrum = new PowerSpectrum(WINDOW, WINDOW_SAMPLES);
    for (int i = 0; i < values.length; ) {
      float[] power = spectrum.of(reflected, i / bands.count() * HOP_SAMPLES);
      for (int band = 0; band < bands.count(); band++) {
        float energy = Math.max(LEAST_ENERGY, bands.energy(band, power, 0));
        values[i++] = (float) Math.log10(energy);
      }
    }
  }

  /** Clips values below the dynamic range, and scales the others to about [-1, 1]. */
  private static void compress(float[] values) {
    float highest = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      highest = Math.max(highest, value);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (Math.max(values[i], highest - RANGE) + 4) / 4;
    }
  }

  /** Reflection padding at both ends; the outermost sample is not repeated. */
  private static float[] reflected(float[] samples) {
    float[] longer = new float[samples.length + 2 * MARGIN_SAMPLES];
    System.arraycopy(samples, 0, longer, MARGIN_SAMPLES, samples.length);
    int last = MARGIN_SAMPLES + samples.length - 1;
    for (int i = 1; i <= MARGIN_SAMPLES; i++) {
      longer[MARGIN_SAMPLES - i] = longer[MARGIN_SAMPLES + i];
      longer[last + i] = longer[last - i];
    }
    return longer;
  }

  private static TriangularBands slaney(int bands) {
    double[] edgesHz = new double[bands + 2];
    double highest = SlaneyMel.ofHz(SAMPLE_RATE_HZ / 2.0);
    Arrays.setAll(edgesHz, edge -> SlaneyMel.toHz(highest * edge / (bands + 1)));
    double binHz = (double) SAMPLE_RATE_HZ / WINDOW_SAMPLES;
    return TriangularBands.ofUnitArea(edgesHz, WINDOW_SAMPLES / 2 + 1, binHz);
  }
}
