package io.undertone.bench.voice;

import io.undertone.audio.Pcm;
import io.undertone.audio.segment.ChannelSegmenter;
import io.undertone.audio.segment.SegmenterConfig;
import io.undertone.audio.segment.SegmenterState;
import io.undertone.audio.vad.SileroVad;
import io.undertone.audio.vad.VoiceActivityDetector;
import io.undertone.bench.measure.Effort;
import io.undertone.bench.measure.SpeechClips;
import io.undertone.bench.measure.Stopwatch;
import io.undertone.bench.measure.Stopwatch.Elapsed;
import java.util.Arrays;

/**
 * Number of channels that one core segments in real time: chunks of 100 ms of a recorded call,
 * pauses included, go through the segmenter. For comparison, the detector alone runs on every
 * frame.
 */
public final class VoiceActivityBench {
  private static final int CHUNK_SAMPLES = SpeechClips.SAMPLE_RATE_HZ / 10;
  private static final int FRAME_SAMPLES = VoiceActivityDetector.FRAME_SAMPLES;

  private VoiceActivityBench() {}

  /**
   * The figures of a run: seconds of audio per core-second.
   *
   * @param channels through the segmenter, as in the pipeline
   * @param channelsEachFrame by the detector alone, on every frame
   */
  public record Result(double channels, double channelsEachFrame) {}

  /** Measures both on one side of a call, alternating by the minute. */
  public static Result measure(SpeechClips call, Effort effort) {
    int minutes =
        switch (effort) {
          case SMOKE -> 1;
          case QUICK -> 10;
          case FULL -> 60;
        };
    Pcm minute = call.clip(0, 60_000);
    Elapsed segmenter = Elapsed.NONE;
    Elapsed eachFrame = Elapsed.NONE;
    try (SileroVad detector = SileroVad.open()) {
      segment(minute, detector);
      detect(minute, detector);
      for (int i = 0; i < minutes; i++) {
        Pcm next = call.clip(i * 60_000L, 60_000);
        Stopwatch first = Stopwatch.start();
        segment(next, detector);
        segmenter = segmenter.plus(first.elapsed());
        Stopwatch second = Stopwatch.start();
        detect(next, detector);
        eachFrame = eachFrame.plus(second.elapsed());
      }
    }
    double seconds = minutes * 60.0;
    return new Result(seconds / segmenter.coreSeconds(), seconds / eachFrame.coreSeconds());
  }

  private static void segment(Pcm pcm, VoiceActivityDetector detector) {
    ChannelSegmenter segmenter =
        new ChannelSegmenter(SegmenterConfig.defaults(), detector, SegmenterState.startingAt(0));
    float[] samples = pcm.samples();
    for (int at = 0; at + CHUNK_SAMPLES <= samples.length; at += CHUNK_SAMPLES) {
      float[] chunk = Arrays.copyOfRange(samples, at, at + CHUNK_SAMPLES);
      segmenter.accept(new Pcm(chunk, SpeechClips.SAMPLE_RATE_HZ));
    }
    segmenter.finish();
  }

  private static void detect(Pcm pcm, VoiceActivityDetector detector) {
    var state = detector.newState();
    float[] samples = pcm.samples();
    for (int at = 0; at + FRAME_SAMPLES <= samples.length; at += FRAME_SAMPLES) {
      float unused =
          detector.speechProbability(Arrays.copyOfRange(samples, at, at + FRAME_SAMPLES), state);
    }
  }
}
