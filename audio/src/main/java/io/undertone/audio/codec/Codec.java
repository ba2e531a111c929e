package io.undertone.audio.codec;

/** Encoding of a chunk's payload. */
public enum Codec {
  /** Linear, 16 bit, little endian. */
  PCM_S16LE,
  /** G.711 mu-law. */
  PCMU,
  /** G.711 A-law. */
  PCMA,
  /** Opus packets, each preceded by its length in bytes as an unsigned 16 bit big endian number. */
  OPUS
}
