package io.undertone.audio.file;

import io.undertone.audio.Pcm;
import java.util.ArrayList;
import java.util.List;

/**
 * The interleaved samples of a file.
 *
 * @param samples (time, channel)
 */
record Interleaved(short[] samples, int channelCount, int sampleRateHz) {

  List<Pcm> channels() {
    List<Pcm> channels = new ArrayList<>();
    for (int channel = 0; channel < channelCount; channel++) {
      short[] one = new short[samples.length / channelCount];
      for (int i = 0; i < one.length; i++) {
        one[i] = samples[i * channelCount + channel];
      }
      channels.add(Pcm.ofInt16(one, sampleRateHz));
    }
    return channels;
  }
}
