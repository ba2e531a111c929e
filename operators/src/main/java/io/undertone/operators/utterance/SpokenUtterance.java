package io.undertone.operators.utterance;

import io.undertone.audio.Pcm;
import io.undertone.operators.Conversation;
import io.undertone.operators.InConversation;
import java.nio.ByteBuffer;

/**
 * An utterance to be heard. Its audio travels as bytes, which Flink copies at once; floats it would
 * write one by one.
 *
 * @param span where it lies
 * @param waveform samples as big endian floats of 4 bytes
 * @param sampleRateHz samples a second
 */
public record SpokenUtterance(UtteranceSpan span, byte[] waveform, int sampleRateHz)
    implements InConversation {

  /** An utterance with its audio. */
  public static SpokenUtterance of(UtteranceSpan span, Pcm pcm) {
    ByteBuffer waveform = ByteBuffer.allocate(Float.BYTES * pcm.samples().length);
    waveform.asFloatBuffer().put(pcm.samples());
    return new SpokenUtterance(span, waveform.array(), pcm.sampleRateHz());
  }

  /** Its audio, made anew by each call. */
  public Pcm pcm() {
    float[] samples = new float[waveform.length / Float.BYTES];
    ByteBuffer.wrap(waveform).asFloatBuffer().get(samples);
    return new Pcm(samples, sampleRateHz);
  }

  @Override
  public Conversation conversation() {
    return span.conversation();
  }
}
