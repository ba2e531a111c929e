package io.undertone.audio.segment;

/**
 * An utterance that has started. Positions are samples since the start of the channel.
 *
 * @param begin start of its audio
 * @param speechBegin start of its first speech frame
 * @param speechEnd end of its latest speech frame
 */
record OpenUtterance(long begin, long speechBegin, long speechEnd) {

  OpenUtterance extendedTo(long position) {
    return new OpenUtterance(begin, speechBegin, position);
  }

  /** The remainder after a cut. */
  OpenUtterance remainderFrom(long position) {
    return new OpenUtterance(position, position, Math.max(position, speechEnd));
  }
}
