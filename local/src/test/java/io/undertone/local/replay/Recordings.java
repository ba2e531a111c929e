package io.undertone.local.replay;

import io.undertone.audio.Pcm;
import io.undertone.operators.Conversation;
import io.undertone.schemas.Role;
import java.util.List;

/** Recordings of tones. */
final class Recordings {
  static final int SAMPLE_RATE_HZ = 8000;

  private Recordings() {}

  static CallRecording twoSided(String conversationId, int durationMs) {
    return new CallRecording(
        new Conversation("tests", conversationId),
        List.of(
            new CallRecording.Channel(Role.CUSTOMER, tone(440, durationMs, SAMPLE_RATE_HZ)),
            new CallRecording.Channel(Role.AGENT, tone(330, durationMs, SAMPLE_RATE_HZ))));
  }

  static CallRecording oneSided(Pcm pcm) {
    return new CallRecording(
        new Conversation("tests", "one-sided"),
        List.of(new CallRecording.Channel(Role.CUSTOMER, pcm)));
  }

  static Pcm tone(double frequencyHz, int durationMs, int sampleRateHz) {
    float[] samples = new float[durationMs * sampleRateHz / 1000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (0.5 * Math.sin(2 * Math.PI * frequencyHz * i / sampleRateHz));
    }
    return new Pcm(samples, sampleRateHz);
  }
}
