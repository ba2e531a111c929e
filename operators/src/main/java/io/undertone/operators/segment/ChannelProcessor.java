package io.undertone.operators.segment;

import io.undertone.audio.Pcm16;
import io.undertone.audio.Utterance;
import io.undertone.audio.codec.ChunkDecoder;
import io.undertone.audio.codec.Codec;
import io.undertone.audio.codec.UndecodableAudioException;
import io.undertone.audio.segment.ChannelSegmenter;
import io.undertone.audio.segment.SegmenterState;
import io.undertone.audio.vad.VoiceActivityDetector;
import io.undertone.operators.chunk.ChunkAudio;
import io.undertone.operators.chunk.OrderedChunk;
import io.undertone.operators.segment.ChannelAudio.DecoderHistory;
import io.undertone.schemas.AudioChunk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Decodes, aligns and segments the ordered chunks of one channel.
 *
 * <p>Offsets take precedence over durations: if a chunk starts after the end of the audio so far,
 * silence fills the gap; if it starts earlier, its first samples are dropped. Differences within
 * the tolerance are ignored, unless a chunk is missing; they do not accumulate.
 */
final class ChannelProcessor {
  private final SegmentOptions options;
  private final ChannelAudio audio;
  private final SegmenterState state;
  private final ChannelSegmenter segmenter;

  ChannelProcessor(SegmentOptions options, VoiceActivityDetector detector, ChannelAudio audio) {
    if (audio.segmenter == null) {
      throw new IllegalStateException("a channel must be open, but has ended");
    }
    this.options = options;
    this.audio = audio;
    state = audio.segmenter;
    segmenter =
        new ChannelSegmenter(options.segmenter(), detector, state, options.modeOf(audio.role));
  }

  /**
   * Accepts the channel's next chunk and returns the utterances that it completes.
   *
   * @throws UndecodableAudioException if the payload is undecodable after the chunks before it; its
   *     duration counts as missing
   */
  List<Utterance> accept(OrderedChunk ordered) throws UndecodableAudioException {
    AudioChunk chunk = ordered.chunk().audio();
    audio.callBeginMs = chunk.getCaptureTimeMs() - chunk.getStartOffsetMs();
    if (ordered.missingBefore() > 0) {
      audio.gap = true;
      audio.history = null;
    }
    if (!chunk.getPayload().hasRemaining()) {
      return List.of();
    }
    Pcm16 pcm = decode(chunk);
    List<Utterance> closed = new ArrayList<>(align(chunk.getStartOffsetMs()));
    audio.origins.add(state.nextOffsetMs(), ordered.chunk().at());
    closed.addAll(segmenter.accept(withoutOverlap(pcm, chunk.getStartOffsetMs())));
    audio.endOffsetMs = state.nextOffsetMs();
    return closed;
  }

  /** Ends the channel and returns its open utterance. */
  List<Utterance> finish() {
    audio.segmenter = null;
    audio.history = null;
    return segmenter.finish();
  }

  private Pcm16 decode(AudioChunk chunk) throws UndecodableAudioException {
    Codec codec = ChunkAudio.codec(chunk);
    byte[] payload = ChunkAudio.payload(chunk);
    int sampleRateHz = chunk.getSampleRateHz();
    byte[] history = audio.historyFor(codec, sampleRateHz);
    try {
      Pcm16 pcm = ChunkDecoder.decode(codec, sampleRateHz, payload, history);
      audio.history =
          new DecoderHistory(codec, sampleRateHz, ChunkDecoder.history(codec, payload, history));
      return pcm;
    } catch (UndecodableAudioException e) {
      audio.gap = true;
      audio.history = null;
      throw e;
    }
  }

  /** Fills a gap before the chunk with silence. */
  private List<Utterance> align(long startOffsetMs) {
    long gapMs = startOffsetMs - state.nextOffsetMs();
    long tolerableMs = audio.gap ? 0 : options.offsetToleranceMs();
    audio.gap = false;
    if (gapMs <= tolerableMs) {
      return List.of();
    }
    audio.missingAudioMs += gapMs;
    return segmenter.missing(gapMs);
  }

  /** The part of a chunk after the end of the audio so far. */
  private Pcm16 withoutOverlap(Pcm16 pcm, long startOffsetMs) {
    long overlapMs = state.nextOffsetMs() - startOffsetMs;
    if (overlapMs <= options.offsetToleranceMs()) {
      return pcm;
    }
    long overlapSamples = overlapMs * pcm.sampleRateHz() / 1000;
    int from = (int) Math.min(overlapSamples, pcm.samples().length);
    return new Pcm16(
        Arrays.copyOfRange(pcm.samples(), from, pcm.samples().length), pcm.sampleRateHz());
  }
}
