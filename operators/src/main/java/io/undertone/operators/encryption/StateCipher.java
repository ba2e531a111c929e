package io.undertone.operators.encryption;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts bytes of keyed state with AES-256 in Galois/counter mode. Big endian, version 1:
 *
 * <pre>
 * u32 magic 'UTSE'   u8 version
 * u8 n, n bytes      id of the key, ASCII
 * 4 bytes            check of the key: the id may since name another one
 * 12 bytes           nonce
 * the rest           ciphertext and its tag of 16 bytes
 * </pre>
 *
 * <p>The header before the nonce and the {@link StateEntry} are authenticated too. Without keys,
 * bytes stay as they are; bytes without the magic are read as they are. Thread-safe.
 */
public final class StateCipher {
  static final int MAGIC = 0x55545345;
  static final byte VERSION = 1;

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final int BEFORE_ID_BYTES = Integer.BYTES + 2;

  private final StateKeys keys;
  private final SecureRandom random = new SecureRandom();

  StateCipher(StateKeys keys) {
    this.keys = keys;
  }

  /** Whether there are keys. */
  public boolean encrypts() {
    return keys.first().isPresent();
  }

  /** The remaining bytes, as {@link #encrypt(byte[], StateEntry)} encrypts them. */
  public ByteBuffer encrypt(ByteBuffer plain, StateEntry entry) {
    return ByteBuffer.wrap(encrypt(array(plain), entry));
  }

  /** The remaining bytes, as {@link #decrypt(byte[], StateEntry)} decrypts them. */
  public ByteBuffer decrypt(ByteBuffer saved, StateEntry entry) {
    return ByteBuffer.wrap(decrypt(array(saved), entry));
  }

  private static byte[] array(ByteBuffer bytes) {
    byte[] array = new byte[bytes.remaining()];
    bytes.duplicate().get(array);
    return array;
  }

  /**
   * The bytes that {@link #decrypt(byte[], StateEntry)} reads: encrypted with the first key, if
   * there is one.
   */
  public byte[] encrypt(byte[] plain, StateEntry entry) {
    return keys.first().map(key -> encrypt(plain, entry, key)).orElse(plain);
  }

  private byte[] encrypt(byte[] plain, StateEntry entry, StateKey key) {
    byte[] id = key.id().getBytes(StandardCharsets.US_ASCII);
    int headerBytes = headerBytes(id.length);
    ByteBuffer out =
        ByteBuffer.allocate(headerBytes + NONCE_BYTES + plain.length + TAG_BYTES)
            .putInt(MAGIC)
            .put(VERSION)
            .put((byte) id.length)
            .put(id)
            .put(key.check());
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    out.put(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, entry, nonce);
      cipher.updateAAD(out.array(), 0, headerBytes);
      cipher.doFinal(ByteBuffer.wrap(plain), out);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("each JDK must have AES-256 in Galois/counter mode", e);
    }
    return out.array();
  }

  /**
   * The bytes that {@link #encrypt(byte[], StateEntry)} got for the same entry.
   *
   * @throws StateKeyException if their key is missing, or its id names another key
   * @throws DamagedStateException if they were changed, or belong to another entry
   */
  public byte[] decrypt(byte[] saved, StateEntry entry) {
    Optional<StateKey> found = keyOf(saved);
    if (found.isEmpty()) {
      return saved;
    }
    StateKey key = found.get();
    int headerBytes = headerBytes(key.id().length());
    int textAt = headerBytes + NONCE_BYTES;
    byte[] nonce = Arrays.copyOfRange(saved, headerBytes, textAt);
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, entry, nonce);
      cipher.updateAAD(saved, 0, headerBytes);
      return cipher.doFinal(saved, textAt, saved.length - textAt);
    } catch (AEADBadTagException e) {
      throw new DamagedStateException(
          "encrypted state must be as key '%s' made it for this entry, but is not"
              .formatted(key.id()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("each JDK must have AES-256 in Galois/counter mode", e);
    }
  }

  /**
   * Checks that the key of saved bytes is there.
   *
   * @throws StateKeyException if it is not
   */
  public void requireKey(byte[] saved) {
    Optional<StateKey> unused = keyOf(saved);
  }

  /** The id of the key that bytes were encrypted with; empty if they are not encrypted. */
  public static Optional<String> keyId(byte[] saved) {
    if (saved.length < Integer.BYTES || ByteBuffer.wrap(saved).getInt() != MAGIC) {
      return Optional.empty();
    }
    requireBytes(saved, headerBytes(0));
    byte version = saved[Integer.BYTES];
    if (version != VERSION) {
      throw new DamagedStateException(
          "version of encrypted state must be %d, but is %d".formatted(VERSION, version));
    }
    int idBytes = saved[Integer.BYTES + 1] & 0xff;
    requireBytes(saved, headerBytes(idBytes));
    return Optional.of(new String(saved, BEFORE_ID_BYTES, idBytes, StandardCharsets.US_ASCII));
  }

  /** The key that bytes were encrypted with; empty if they are not encrypted. */
  private Optional<StateKey> keyOf(byte[] saved) {
    return keyId(saved).map(id -> key(id, saved));
  }

  private StateKey key(String id, byte[] saved) {
    StateKey key =
        keys.get(id)
            .orElseThrow(
                () ->
                    new StateKeyException(
                        "state is encrypted with key '%s', which must be among the keys of"
                                .formatted(id)
                            + " --state-keys, but those are "
                            + keys.ids()));
    int checkAt = BEFORE_ID_BYTES + key.id().length();
    byte[] check = Arrays.copyOfRange(saved, checkAt, checkAt + StateKey.CHECK_BYTES);
    if (!Arrays.equals(check, key.check())) {
      throw new StateKeyException(
          "key '%s' must be the one that state was encrypted with, but is another one"
              .formatted(id));
    }
    return key;
  }

  private static Cipher cipher(int mode, StateKey key, StateEntry entry, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key.ofCall(entry.call()), new GCMParameterSpec(TAG_BYTES * 8, nonce));
    cipher.updateAAD(entry.bytes());
    return cipher;
  }

  private static void requireBytes(byte[] saved, int headerBytes) {
    int least = headerBytes + NONCE_BYTES + TAG_BYTES;
    if (saved.length < least) {
      throw new DamagedStateException(
          "encrypted state must have at least %d bytes, but has %d".formatted(least, saved.length));
    }
  }

  private static int headerBytes(int idBytes) {
    return BEFORE_ID_BYTES + idBytes + StateKey.CHECK_BYTES;
  }
}
