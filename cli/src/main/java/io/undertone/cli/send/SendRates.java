package io.undertone.cli.send;

import io.undertone.audio.Pcm;
import io.undertone.audio.codec.ChunkDecoder;
import io.undertone.audio.codec.Codec;
import io.undertone.audio.codec.UndecodableAudioException;
import io.undertone.audio.resample.Resampler;
import java.util.List;

/** Resamples recordings of any rate to one that the job accepts. */
final class SendRates {
  /** The rates of Opus, which all codecs support. */
  private static final List<Integer> ALWAYS_TAKEN_HZ = List.of(8000, 12000, 16000, 24000, 48000);

  private SendRates() {}

  /**
   * The audio as it is if the job accepts its rate; otherwise resampled to the next higher rate
   * that it accepts with each codec, or to the highest.
   */
  static Pcm fitting(Pcm pcm, Codec codec) {
    int rateHz = pcm.sampleRateHz();
    if (isTaken(codec, rateHz)) {
      return pcm;
    }
    int highestHz = ALWAYS_TAKEN_HZ.get(ALWAYS_TAKEN_HZ.size() - 1);
    return Resampler.resample(
        pcm,
        ALWAYS_TAKEN_HZ.stream().filter(taken -> taken > rateHz).findFirst().orElse(highestHz));
  }

  private static boolean isTaken(Codec codec, int rateHz) {
    try {
      ChunkDecoder.validate(codec, rateHz, new byte[0]);
      return true;
    } catch (UndecodableAudioException e) {
      return false;
    }
  }
}
