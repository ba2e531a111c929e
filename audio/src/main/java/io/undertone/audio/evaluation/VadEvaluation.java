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
 * Measures the detector and the segmenter on manually annotated recordings, in frames of 32 ms. A
 * frame is speech if its center lies in annotated speech.
 *
 * <p>The directory contains the recordings (one channel, any rate) and segments.csv with the
 * columns path (relative), start, end (seconds), speech (1 or 0; time without a line is not speech)
 * and speaker (unused).
 */
public final class VadEvaluation {
  private static final int RATE_HZ = VoiceActivityDetector.SAMPLE_RATE_HZ;
  private static final int FRAME_SAMPLES = VoiceActivityDetector.FRAME_SAMPLES;

  private final VoiceActivityDetector detector;
  private final SegmenterConfig config;

  /** The detector alone finds a frame at the onset probability of the configuration. */
  public VadEvaluation(VoiceActivityDetector detector, SegmenterConfig config) {
    this.detector = detector;
    this.config = config;
  }

  /**
   * The scores.
   *
   * @param recordings number of recordings
   * @param frames number of their frames
   * @param detector score of the detector alone
   * @param segmenter score of the segmenter, which finds the frames of its utterances
   */
  public record Report(int recordings, long frames, FrameScore detector, FrameScore segmenter) {}

  /**
   * Evaluates all recordings whose path starts with a prefix, which may be empty.
   *
   * @throws IOException if the annotations or a recording cannot be read, or do not match
   */
  public Report evaluate(Path directory, String pathPrefix) throws IOException {
    List<AnnotatedRecording> recordings = AnnotatedRecording.in(directory, pathPrefix);
    FrameScore byDetector = FrameScore.NONE;
    FrameScore bySegmenter = FrameScore.NONE;
    long frames = 0;
    for (AnnotatedRecording recording : recordings) {
      Pcm pcm = Resampler.resample(AudioFiles.read(recording.file()).get(0), RATE_HZ);
      recording.checkWithin((double) pcm.samples().length / RATE_HZ);
      boolean[] annotated = annotated(recording, pcm.samples().length / FRAME_SAMPLES);
      byDetector = byDetector.plus(FrameScore.of(detected(pcm, annotated.length), annotated));
      bySegmenter = bySegmenter.plus(FrameScore.of(segmented(pcm, annotated.length), annotated));
      frames += annotated.length;
    }
    return new Report(recordings.size(), frames, byDetector, bySegmenter);
  }

  private static boolean[] annotated(AnnotatedRecording recording, int frames) {
    boolean[] annotated = new boolean[frames];
    for (int i = 0; i < frames; i++) {
      annotated[i] = recording.speechAt(centerMs(i) / 1000.0);
    }
    return annotated;
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
      double centerMs = centerMs(i);
      segmented[i] =
          utterances.stream()
              .anyMatch(u -> u.beginOffsetMs() <= centerMs && centerMs < u.endOffsetMs());
    }
    return segmented;
  }

  private static double centerMs(int frame) {
    return (frame + 0.5) * FRAME_SAMPLES * 1000 / RATE_HZ;
  }
}
