package io.undertone.audio.segment;

import io.undertone.audio.Pcm;
import io.undertone.audio.Pcm16;
import io.undertone.audio.Utterance;
import io.undertone.audio.resample.Resampler;
import io.undertone.audio.vad.VadState;
import io.undertone.audio.vad.VoiceActivityDetector;
import java.util.ArrayList;
import java.util.List;

/**
 * One channel's road from audio in order to utterances at 8 kHz: resampled, searched for speech
 * frame by frame ({@link SilenceGate} spares the detector what is surely silence), closed by a
 * pause, cut at a maximum length.
 *
 * <p>All memory is in the {@link SegmenterState}, so a segmenter costs little to make, and how the
 * audio was cut into chunks leaves no trace in the utterances.
 */
public final class ChannelSegmenter {
  /** Sample rate of all utterances. */
  public static final int SAMPLE_RATE_HZ = VoiceActivityDetector.SAMPLE_RATE_HZ;

  private static final int FRAME_SAMPLES = VoiceActivityDetector.FRAME_SAMPLES;
  private static final int SAMPLES_PER_MS = SAMPLE_RATE_HZ / 1000;

  private final SegmenterConfig config;
  private final VoiceActivityDetector detector;
  private final SegmenterState state;
  private final float[] frame = new float[FRAME_SAMPLES];
  private final int paddingSamples;

  /** Goes on where the state stands; the state belongs to this segmenter from now on. */
  public ChannelSegmenter(
      SegmenterConfig config, VoiceActivityDetector detector, SegmenterState state) {
    this.config = config;
    this.detector = detector;
    this.state = state;
    paddingSamples = config.paddingMs() * SAMPLES_PER_MS;
  }

  /** Takes the channel's next audio, of any sample rate, and returns the utterances it closes. */
  public List<Utterance> accept(Pcm pcm) {
    return accept(new Pcm16(pcm.toInt16(), pcm.sampleRateHz()));
  }

  /** The same, of what a codec gives; the segmenter works on 16 bit. */
  public List<Utterance> accept(Pcm16 pcm) {
    if (state.resampler != null && state.resampler.inputRateHz() != pcm.sampleRateHz()) {
      drainResampler();
    }
    if (pcm.sampleRateHz() == SAMPLE_RATE_HZ) {
      state.audio.append(pcm.samples());
    } else {
      if (state.resampler == null) {
        state.resampler = new Resampler(pcm.sampleRateHz(), SAMPLE_RATE_HZ);
      }
      state.audio.append(state.resampler.accept(pcm.samples()));
    }
    List<Utterance> closed = new ArrayList<>();
    analyse(closed);
    return closed;
  }

  /**
   * Takes note that the channel's next audio never came: it is heard as silence and counted.
   *
   * @param ms its duration, at least 0
   */
  public List<Utterance> missing(long ms) {
    if (ms < 0) {
      throw new IllegalArgumentException("missing ms must be at least 0, but is " + ms);
    }
    List<Utterance> closed = new ArrayList<>();
    drainResampler();
    long begin = state.audio.end();
    long end = begin + Math.multiplyExact(ms, SAMPLES_PER_MS);
    state.missing.add(begin, end);
    while (state.audio.end() < end) {
      if (state.open == null && state.audio.begin() >= begin) {
        skipFrames((end - state.audio.end()) / FRAME_SAMPLES);
      }
      state.audio.appendSilence((int) Math.min(FRAME_SAMPLES, end - state.audio.end()));
      analyse(closed);
    }
    return closed;
  }

  /** Ends the channel: closes the utterance that is open. The state is spent. */
  public List<Utterance> finish() {
    List<Utterance> closed = new ArrayList<>();
    drainResampler();
    analyse(closed);
    long end = state.audio.end();
    if (state.analysedEnd < end) {
      state.audio.appendSilence((int) (state.analysedEnd + FRAME_SAMPLES - end));
      analyse(closed);
    }
    close(closed, end);
    return closed;
  }

  private void drainResampler() {
    if (state.resampler != null) {
      state.audio.append(state.resampler.drain());
      state.resampler = null;
    }
  }

  /** Within a long gap there is nothing to listen to, and what comes behind it is a new begin. */
  private void skipFrames(long frames) {
    if (frames > 0) {
      state.audio.moveBy(frames * FRAME_SAMPLES);
      state.analysedEnd += frames * FRAME_SAMPLES;
      state.vad = null;
      state.gate = new SilenceGate();
    }
  }

  private void analyse(List<Utterance> closed) {
    while (state.analysedEnd + FRAME_SAMPLES <= state.audio.end()) {
      if (state.vad == null) {
        state.vad = detector.newState();
      }
      float probability = listen(state.vad);
      state.analysedEnd += FRAME_SAMPLES;
      advance(probability, closed);
    }
  }

  /** Speech probability of the frame that begins at analysedEnd. */
  private float listen(VadState vad) {
    state.audio.copyScaled(state.analysedEnd, frame);
    long energy = state.audio.energy(state.analysedEnd, state.analysedEnd + FRAME_SAMPLES);
    if (state.open == null && state.gate.passes(energy)) {
      detector.passSilence(frame, vad);
      return 0;
    }
    float probability = detector.speechProbability(frame, vad);
    state.gate.seen(energy, probability);
    return probability;
  }

  /** Draws the conclusions from the frame that ends at analysedEnd. */
  private void advance(float probability, List<Utterance> closed) {
    long frameEnd = state.analysedEnd;
    OpenUtterance open = state.open;
    if (open == null) {
      long frameBegin = frameEnd - FRAME_SAMPLES;
      if (probability >= config.onsetProbability()) {
        long begin = Math.max(state.audio.begin(), frameBegin - paddingSamples);
        state.open = new OpenUtterance(begin, frameBegin, frameEnd);
      }
    } else if (probability >= config.sustainProbability()) {
      state.open = open.heardUntil(frameEnd);
    } else if (frameEnd - open.speechEnd() >= (long) config.pauseMs() * SAMPLES_PER_MS) {
      close(closed, state.audio.end());
    }
    if (state.open != null
        && frameEnd - state.open.begin() >= (long) config.maxUtteranceMs() * SAMPLES_PER_MS) {
      cut(state.open, closed);
    }
    forget();
  }

  /** Closes the open utterance, if there is one, no later than at a position. */
  private void close(List<Utterance> closed, long latestEnd) {
    OpenUtterance open = state.open;
    if (open == null) {
      return;
    }
    long end = Math.min(latestEnd, open.speechEnd() + paddingSamples);
    emit(open, end, closed);
    state.open = null;
    state.audio.dropBefore(end);
  }

  /** Cuts at the quietest place near the end of the longest utterance allowed. */
  private void cut(OpenUtterance open, List<Utterance> closed) {
    long latest = open.begin() + (long) config.maxUtteranceMs() * SAMPLES_PER_MS;
    long earliest = latest - (long) config.cutSearchMs() * SAMPLES_PER_MS;
    long quietest = earliest;
    long lowestEnergy = Long.MAX_VALUE;
    for (long at = earliest; at + FRAME_SAMPLES <= latest; at += FRAME_SAMPLES / 2) {
      long energy = state.audio.energy(at, at + FRAME_SAMPLES);
      if (energy <= lowestEnergy) {
        lowestEnergy = energy;
        quietest = at;
      }
    }
    long position = quietest + FRAME_SAMPLES / 2;
    emit(open, position, closed);
    state.open = open.cutAt(position);
  }

  private void emit(OpenUtterance open, long end, List<Utterance> closed) {
    long speechSamples = Math.min(end, open.speechEnd()) - open.speechBegin();
    if (end <= open.begin() || speechSamples < (long) config.minSpeechMs() * SAMPLES_PER_MS) {
      return;
    }
    closed.add(
        new Utterance(
            state.nextIndex++,
            state.offsetMs(open.begin()),
            state.offsetMs(end),
            state.missing.within(open.begin(), end) / SAMPLES_PER_MS,
            new Pcm16(state.audio.copy(open.begin(), end), SAMPLE_RATE_HZ)));
  }

  /** Drops audio that no utterance will need. */
  private void forget() {
    state.audio.dropBefore(
        state.open == null ? state.analysedEnd - paddingSamples : state.open.begin());
    state.missing.dropBefore(state.audio.begin());
  }
}
