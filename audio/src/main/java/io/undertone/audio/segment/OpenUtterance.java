package io.undertone.audio.segment;

/**
 * An utterance that has begun; positions in samples since the channel's begin.
 *
 * @param begin where its audio begins
 * @param speechBegin begin of its first frame of speech
 * @param speechEnd end of its last frame of speech so far
 */
record OpenUtterance(long begin, long speechBegin, long speechEnd) {

  OpenUtterance heardUntil(long position) {
    return new OpenUtterance(begin, speechBegin, position);
  }

  /** What is left of it behind a cut. */
  OpenUtterance cutAt(long position) {
    return new OpenUtterance(position, position, Math.max(position, speechEnd));
  }
}
