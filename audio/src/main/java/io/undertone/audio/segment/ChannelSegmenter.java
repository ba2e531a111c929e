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
 * Splits the ordered audio of one channel into utterances of 8 kHz and 16 bit. Resamples, detects
 * speech frame by frame (except in silence, see {@link EnergyGate}), ends an utterance after a
 * pause and cuts it at a maximum length.
 *
 * <p>The resampler's output is rounded to 16 bit before anything else reads it. The job and the
 * commands share this class, so they work on the same samples whatever the codec and rate.
 *
 * <p>All state is in {@link SegmenterState}, so a segmenter is cheap to create. Chunk boundaries do
 * not affect the utterances.
 */
public final class ChannelSegmenter {
  /** Sample rate of all utterances. */
  public static final int SAMPLE_RATE_HZ = VoiceActivityDetector.SAMPLE_RATE_HZ;

  private static final int NO_INDEX = -1;
  private static final int FRAME_SAMPLES = VoiceActivityDetector.FRAME_SAMPLES;
  private static final int SAMPLES_PER_MS = SAMPLE_RATE_HZ / 1000;

  private final SegmenterConfig config;
  private final VoiceActivityDetector detector;
  private final SegmenterState state;
  private final SegmenterMode mode;
  private final float[] frame = new float[FRAME_SAMPLES];
  private final int paddingSamples;

  /** Continues from a state, which this segmenter modifies. */
  public ChannelSegmenter(
      SegmenterConfig config, VoiceActivityDetector detector, SegmenterState state) {
    this(config, detector, state, SegmenterMode.UTTERANCES);
  }

  /** The same, in a mode that may differ from that of the segmenter before. */
  public ChannelSegmenter(
      SegmenterConfig config,
      VoiceActivityDetector detector,
      SegmenterState state,
      SegmenterMode mode) {
    this.config = config;
    this.detector = detector;
    this.state = state;
    this.mode = mode;
    OpenUtterance open = state.open;
    if (mode == SegmenterMode.UTTERANCES && open != null && open.begin() < state.audio.begin()) {
      state.open = open.remainderFrom(state.audio.begin());
    }
    paddingSamples = config.paddingMs() * SAMPLES_PER_MS;
  }

  /** The utterances of a whole recording, cut as the job cuts a channel by default. */
  public static List<Utterance> utterances(Pcm recording, VoiceActivityDetector detector) {
    ChannelSegmenter segmenter =
        new ChannelSegmenter(SegmenterConfig.defaults(), detector, SegmenterState.startingAt(0));
    List<Utterance> utterances = new ArrayList<>(segmenter.accept(recording));
    utterances.addAll(segmenter.finish());
    return utterances;
  }

  /**
   * Accepts the channel's next audio, of any rate, and returns the utterances that it completes.
   */
  public List<Utterance> accept(Pcm pcm) {
    return accept(new Pcm16(pcm.toInt16(), pcm.sampleRateHz()));
  }

  /** Accepts the channel's next audio as 16-bit samples, without a conversion. */
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
   * Marks the channel's next audio as missing: silence replaces it, and its duration is counted.
   *
   * @param ms duration, at least 0
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

  /** Ends the channel and returns the open utterance. The state cannot be used afterwards. */
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

  /** Skips whole frames of a long gap. Audio after it starts with a new detector state. */
  private void skipFrames(long frames) {
    if (frames > 0) {
      state.audio.moveBy(frames * FRAME_SAMPLES);
      state.analysedEnd += frames * FRAME_SAMPLES;
      state.vad = null;
      state.gate = new EnergyGate();
    }
  }

  private void analyse(List<Utterance> closed) {
    while (state.analysedEnd + FRAME_SAMPLES <= state.audio.end()) {
      if (state.vad == null) {
        state.vad = detector.newState();
      }
      float probability = speechProbability(state.vad);
      state.analysedEnd += FRAME_SAMPLES;
      advance(probability, closed);
    }
  }

  /** Speech probability of the frame that starts at analysedEnd. */
  private float speechProbability(VadState vad) {
    state.audio.copyScaled(state.analysedEnd, frame);
    long energy = state.audio.energy(state.analysedEnd, state.analysedEnd + FRAME_SAMPLES);
    if (state.open == null && state.gate.skips(energy)) {
      detector.skipSilence(frame, vad);
      return 0;
    }
    float probability = detector.speechProbability(frame, vad);
    state.gate.observe(energy, probability);
    return probability;
  }

  /** Starts, extends or ends an utterance by the frame that ends at analysedEnd. */
  private void advance(float probability, List<Utterance> closed) {
    long frameEnd = state.analysedEnd;
    OpenUtterance open = state.open;
    if (open == null) {
      long frameBegin = frameEnd - FRAME_SAMPLES;
      if (probability >= config.onsetProbability()) {
        long earliest = mode == SegmenterMode.ACTIVITY ? 0 : state.audio.begin();
        long begin = Math.max(earliest, frameBegin - paddingSamples);
        state.open = new OpenUtterance(begin, frameBegin, frameEnd);
      }
    } else if (probability >= config.sustainProbability()) {
      state.open = open.extendedTo(frameEnd);
    } else if (frameEnd - open.speechEnd() >= (long) config.pauseMs() * SAMPLES_PER_MS) {
      close(closed, state.audio.end());
    }
    if (mode == SegmenterMode.UTTERANCES
        && state.open != null
        && frameEnd - state.open.begin() >= (long) config.maxUtteranceMs() * SAMPLES_PER_MS) {
      cut(state.open, closed);
    }
    dropUnneeded();
  }

  /** Closes the open utterance, if there is one, at a position or earlier. */
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

  /** Cuts at the quietest position of the search range before the maximum length. */
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
    state.open = open.remainderFrom(position);
  }

  private void emit(OpenUtterance open, long end, List<Utterance> closed) {
    long speechSamples = Math.min(end, open.speechEnd()) - open.speechBegin();
    if (end <= open.begin() || speechSamples < (long) config.minSpeechMs() * SAMPLES_PER_MS) {
      return;
    }
    boolean keptAudio = mode == SegmenterMode.UTTERANCES;
    short[] samples = keptAudio ? state.audio.copy(open.begin(), end) : new short[0];
    closed.add(
        new Utterance(
            keptAudio ? state.nextIndex++ : NO_INDEX,
            state.offsetMs(open.begin()),
            state.offsetMs(end),
            state.missing.within(open.begin(), end) / SAMPLES_PER_MS,
            new Pcm16(samples, SAMPLE_RATE_HZ)));
  }

  /** Drops audio that no future utterance needs. */
  private void dropUnneeded() {
    if (mode == SegmenterMode.ACTIVITY) {
      state.audio.wipeBefore(state.analysedEnd);
      state.missing.dropBefore(state.audio.begin());
      return;
    }
    state.audio.dropBefore(
        state.open == null ? state.analysedEnd - paddingSamples : state.open.begin());
    state.missing.dropBefore(state.audio.begin());
  }
}
