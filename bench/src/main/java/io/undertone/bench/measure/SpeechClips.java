package io.undertone.bench.measure;

import io.undertone.audio.Pcm;
import io.undertone.audio.Utterance;
import io.undertone.audio.file.AudioFileException;
import io.undertone.audio.file.AudioFiles;
import io.undertone.audio.resample.Resampler;
import io.undertone.audio.segment.ChannelSegmenter;
import io.undertone.audio.segment.SegmenterConfig;
import io.undertone.audio.segment.SegmenterState;
import io.undertone.audio.vad.SileroVad;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Audio clips of any length from one side of a recorded call, which is repeated as needed. */
public final class SpeechClips {
  public static final int SAMPLE_RATE_HZ = 8000;

  private final short[] speech;

  /**
   * @param pcm at any rate, not empty
   */
  public SpeechClips(Pcm pcm) {
    this.speech = Resampler.resample(pcm, SAMPLE_RATE_HZ).toInt16();
    if (speech.length == 0) {
      throw new IllegalArgumentException("speech must have at least 1 sample, but has 0");
    }
  }

  /** The first channel of a recording. */
  public static SpeechClips read(Path recording) throws AudioFileException {
    return new SpeechClips(AudioFiles.read(recording).get(0));
  }

  /**
   * The utterances of this recording, concatenated without pauses.
   *
   * @throws IllegalArgumentException if there is no speech
   */
  public SpeechClips withoutPauses() {
    List<Utterance> utterances = new ArrayList<>();
    try (SileroVad detector = SileroVad.open()) {
      ChannelSegmenter segmenter =
          new ChannelSegmenter(SegmenterConfig.defaults(), detector, SegmenterState.startingAt(0));
      utterances.addAll(segmenter.accept(Pcm.ofInt16(speech, SAMPLE_RATE_HZ)));
      utterances.addAll(segmenter.finish());
    }
    if (utterances.isEmpty()) {
      throw new IllegalArgumentException("speech must have at least 1 utterance, but has none");
    }
    short[] spoken = new short[utterances.stream().mapToInt(SpeechClips::length).sum()];
    int at = 0;
    for (Utterance utterance : utterances) {
      System.arraycopy(utterance.pcm().toInt16(), 0, spoken, at, length(utterance));
      at += length(utterance);
    }
    return new SpeechClips(Pcm.ofInt16(spoken, SAMPLE_RATE_HZ));
  }

  private static int length(Utterance utterance) {
    return utterance.pcm().samples().length;
  }

  /**
   * Cuts a clip.
   *
   * @param beginMs since the start of the recording
   */
  public Pcm clip(long beginMs, int durationMs) {
    short[] clip = new short[Math.multiplyExact(durationMs, SAMPLE_RATE_HZ / 1000)];
    long begin = beginMs * SAMPLE_RATE_HZ / 1000;
    for (int i = 0; i < clip.length; i++) {
      clip[i] = speech[(int) ((begin + i) % speech.length)];
    }
    return Pcm.ofInt16(clip, SAMPLE_RATE_HZ);
  }

  /**
   * One side of a call: each turn is speech, then silence.
   *
   * @param silentMs silence at the start, so that calls are out of phase
   */
  public Pcm side(int silentMs, int turns, int speechMs, int turnMs) {
    int perMs = SAMPLE_RATE_HZ / 1000;
    short[] side = new short[(silentMs + turns * turnMs) * perMs];
    for (int turn = 0; turn < turns; turn++) {
      int begin = (silentMs + turn * turnMs) * perMs;
      short[] said = clip((long) turn * speechMs, speechMs).toInt16();
      System.arraycopy(said, 0, side, begin, Math.min(said.length, turnMs * perMs));
    }
    return Pcm.ofInt16(side, SAMPLE_RATE_HZ);
  }
}
