package io.undertone.operators.encryption;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A key of 256 bits with its id. Only keys that derive from it encrypt, one for each call. */
final class StateKey {
  static final int BYTES = 32;
  static final int CHECK_BYTES = 4;

  private static final String HMAC = "HmacSHA256";

  private final String id;
  private final SecretKey secret;
  private final byte[] check;

  StateKey(String id, byte[] secret) {
    this.id = id;
    this.secret = new SecretKeySpec(secret, HMAC);
    check = Arrays.copyOf(derive("undertone state key check"), CHECK_BYTES);
  }

  String id() {
    return id;
  }

  /** Tells keys with equal ids apart. */
  byte[] check() {
    return check.clone();
  }

  /**
   * The key of a call. Nonces are random, so a key must not encrypt too often: 2^32 times, which
   * 2,000 memories a second reach within a month. A call does not.
   */
  SecretKey ofCall(String call) {
    return new SecretKeySpec(derive("undertone state of call " + call), "AES");
  }

  /** One block of HKDF-Expand; the secret is uniformly random, so nothing has to be extracted. */
  private byte[] derive(String info) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(secret);
      mac.update(info.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 1);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("each JDK must have " + HMAC, e);
    }
  }
}
