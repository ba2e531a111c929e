package io.undertone.training.features;

import io.undertone.audio.Pcm;
import io.undertone.audio.resample.Resampler;
import java.util.Random;

/**
 * Speed perturbation (Ko et al., "Audio augmentation for speech recognition", 2015): plays speech
 * faster or slower, which changes pitch, vocal tract and pace together, as between larger and
 * smaller speakers.
 *
 * @param percent of the original speed
 */
record SpeedChange(int percent) {

  private static final int SLOWEST_PERCENT = 88;
  private static final int FASTEST_PERCENT = 112;

  static SpeedChange draw(Random random) {
    return new SpeedChange(SLOWEST_PERCENT + random.nextInt(FASTEST_PERCENT - SLOWEST_PERCENT + 1));
  }

  /** The speech at the new speed and its own sample rate. */
  Pcm applyTo(Pcm speech) {
    int rateHz = speech.sampleRateHz();
    return Resampler.resample(new Pcm(speech.samples(), rateHz * percent / 100), rateHz);
  }
}
