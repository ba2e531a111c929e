package io.undertone.operators.segment;

import io.undertone.operators.encryption.StateCipher;
import io.undertone.operators.encryption.StateEntry;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A channel in keyed state: its audio, or the bytes that it was restored from until the stage needs
 * it. Only the stage has the keys: a serializer that Flink restores has none.
 */
final class StoredAudio {
  private final byte @Nullable [] restored;
  private final @Nullable Open open;

  /** Audio, and what encrypts it when it is written. */
  private record Open(ChannelAudio audio, StateEntry entry, StateCipher cipher) {}

  private StoredAudio(byte @Nullable [] restored, @Nullable Open open) {
    this.restored = restored;
    this.open = open;
  }

  static StoredAudio of(ChannelAudio audio, StateEntry entry, StateCipher cipher) {
    return new StoredAudio(null, new Open(audio, entry, cipher));
  }

  /** What {@link #toBytes} wrote. */
  static StoredAudio ofBytes(byte[] bytes) {
    return new StoredAudio(bytes, null);
  }

  /** The audio; throws an IOException if its format is unknown. */
  ChannelAudio audio(StateEntry entry, StateCipher cipher) throws IOException {
    return open == null ? ChannelAudioFormat.read(cipher.decrypt(bytes(), entry)) : open.audio();
  }

  /** In the form of {@link ChannelAudioFormat}, encrypted if the job has keys. Thread-safe. */
  byte[] toBytes() throws IOException {
    return open == null
        ? bytes()
        : open.cipher().encrypt(ChannelAudioFormat.write(open.audio()), open.entry());
  }

  /** Shares nothing that changes. */
  StoredAudio copy() throws IOException {
    return open == null
        ? this
        : of(
            ChannelAudioFormat.read(ChannelAudioFormat.write(open.audio())),
            open.entry(),
            open.cipher());
  }

  private byte[] bytes() {
    if (restored == null) {
      throw new IllegalStateException("a stored channel must have audio or bytes, but has neither");
    }
    return restored;
  }
}
