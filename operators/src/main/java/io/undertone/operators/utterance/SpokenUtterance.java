package io.undertone.operators.utterance;

import io.undertone.audio.Pcm;
import io.undertone.audio.Pcm16;
import io.undertone.audio.prosody.Prosody;
import io.undertone.audio.segment.ChannelSegmenter;
import io.undertone.operators.Conversation;
import io.undertone.operators.InConversation;
import io.undertone.operators.RecordRange;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * An utterance and its audio, before recognition. The samples are bytes, since Flink copies a byte
 * array at once and writes arrays of numbers one by one.
 *
 * @param span position in the call
 * @param records the chunks of its audio; null if the segment stage was restored from a version
 *     that did not keep them
 * @param prosody how loud and how fast it is spoken; null without audio
 * @param segmentedMs processing time at which it was completed
 * @param samples 16 bit, little endian, as the segmenter has them: nothing is rounded here. Empty
 *     if only voice activity was heard: such an utterance is never recognized
 */
public record SpokenUtterance(
    UtteranceSpan span,
    @Nullable RecordRange records,
    @Nullable Prosody prosody,
    long segmentedMs,
    byte[] samples,
    int sampleRateHz)
    implements InConversation {

  /** Measures the audio. */
  public static SpokenUtterance of(
      UtteranceSpan span, @Nullable RecordRange records, long segmentedMs, Pcm16 audio) {
    ByteBuffer samples =
        ByteBuffer.allocate(Short.BYTES * audio.samples().length).order(ByteOrder.LITTLE_ENDIAN);
    samples.asShortBuffer().put(audio.samples());
    return new SpokenUtterance(
        span, records, Prosody.of(audio), segmentedMs, samples.array(), audio.sampleRateHz());
  }

  /** Speech of which only voice activity was heard. */
  public static SpokenUtterance activity(UtteranceSpan span, long segmentedMs) {
    return new SpokenUtterance(
        span, null, null, segmentedMs, new byte[0], ChannelSegmenter.SAMPLE_RATE_HZ);
  }

  /** Whether only voice activity was heard. */
  public boolean isActivity() {
    return samples.length == 0;
  }

  /** The audio as floats, decoded anew by each call. */
  public Pcm pcm() {
    short[] decoded = new short[samples.length / Short.BYTES];
    ByteBuffer.wrap(samples).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(decoded);
    return Pcm.ofInt16(decoded, sampleRateHz);
  }

  @Override
  public Conversation conversation() {
    return span.conversation();
  }
}
