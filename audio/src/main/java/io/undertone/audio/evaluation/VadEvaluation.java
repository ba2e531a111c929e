package io.undertone.audio.evaluation;

import io.undertone.audio.Pcm;
import io.undertone.audio.Utterance;
import io.undertone.audio.file.AudioFiles;
import io.undertone.audio.resample.Resampler;
import io.undertone.audio.segment.ChannelSegmenter;
import io.undertone.audio.segment.SegmenterConfig;
import io.undertone.audio.segment.SegmenterState;
import io.undertone.audio.vad.VadState;
import io.undertone.audio.vad.VoiceActivityDetector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measures the detector and the segmenter against recordings that were marked by hand, in frames of
 * 32 ms. A frame counts as speech where the marks say so at its middle.
 *
 * <p>The directory holds the recordings (one channel, any rate) and segments.csv with the columns
 * path (relative), start, end (seconds), speech (1 or 0; time that no line names is not speech) and
 * speaker (unused).
 */
public final class VadEvaluation {
  private static final int RATE_HZ = VoiceActivityDetector.SAMPLE_RATE_HZ;
  private static final int FRAME_SAMPLES = VoiceActivityDetector.FRAME_SAMPLES;

  private final VoiceActivityDetector detector;
  private final SegmenterConfig config;

  /** A frame is found by the detector alone at config's onset probability. */
  public VadEvaluation(VoiceActivityDetector detector, SegmenterConfig config) {
    this.detector = detector;
    this.config = config;
  }

  /**
   * What was found.
   *
   * @param recordings how many were heard
   * @param frames how many frames they have
   * @param detector frames that the detector alone finds
   * @param segmenter frames inside an utterance
   */
  public record Report(int recordings, long frames, FrameScore detector, FrameScore segmenter) {}

  /**
   * Measures on all recordings whose path begins with a prefix, which may be empty.
   *
   * @throws IOException if the marks or a recording cannot be read, or do not fit together
   */
  public Report evaluate(Path directory, String pathPrefix) throws IOException {
    List<MarkedAudio> recordings = MarkedAudio.in(directory, pathPrefix);
    FrameScore byDetector = FrameScore.NONE;
    FrameScore bySegmenter = FrameScore.NONE;
    long frames = 0;
    for (MarkedAudio recording : recordings) {
      Pcm pcm = Resampler.resample(AudioFiles.read(recording.file()).get(0), RATE_HZ);
      recording.checkWithin((double) pcm.samples().length / RATE_HZ);
      boolean[] marked = marked(recording, pcm.samples().length / FRAME_SAMPLES);
      byDetector = byDetector.plus(FrameScore.of(detected(pcm, marked.length), marked));
      bySegmenter = bySegmenter.plus(FrameScore.of(segmented(pcm, marked.length), marked));
      frames += marked.length;
    }
    return new Report(recordings.size(), frames, byDetector, bySegmenter);
  }

  private static boolean[] marked(MarkedAudio recording, int frames) {
    boolean[] marked = new boolean[frames];
    for (int i = 0; i < frames; i++) {
      marked[i] = recording.speechAt(middleMs(i) / 1000.0);
    }
    return marked;
  }

  private boolean[] detected(Pcm pcm, int frames) {
    boolean[] detected = new boolean[frames];
    VadState state = detector.newState();
    for (int i = 0; i < frames; i++) {
      float[] frame = Arrays.copyOfRange(pcm.samples(), i * FRAME_SAMPLES, (i + 1) * FRAME_SAMPLES);
      detected[i] = detector.speechProbability(frame, state) >= config.onsetProbability();
    }
    return detected;
  }

  private boolean[] segmented(Pcm pcm, int frames) {
    ChannelSegmenter segmenter =
        new ChannelSegmenter(config, detector, SegmenterState.startingAt(0));
    List<Utterance> utterances = new ArrayList<>(segmenter.accept(pcm));
    utterances.addAll(segmenter.finish());
    boolean[] segmented = new boolean[frames];
    for (int i = 0; i < frames; i++) {
      double middleMs = middleMs(i);
      segmented[i] =
          utterances.stream()
              .anyMatch(u -> u.beginOffsetMs() <= middleMs && middleMs < u.endOffsetMs());
    }
    return segmented;
  }

  private static double middleMs(int frame) {
    return (frame + 0.5) * FRAME_SAMPLES * 1000 / RATE_HZ;
  }
}
