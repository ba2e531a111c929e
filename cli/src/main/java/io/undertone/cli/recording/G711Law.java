package io.undertone.cli.recording;

import io.undertone.audio.codec.Codec;

/** The two laws of G.711, by the names of the option. */
enum G711Law {
  mulaw(Codec.PCMU),
  alaw(Codec.PCMA);

  final Codec codec;

  G711Law(Codec codec) {
    this.codec = codec;
  }
}
