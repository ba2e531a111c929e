package io.undertone.operators.recognize;

import io.undertone.operators.segment.SpokenUtterance;

/**
 * Whose memory it is.
 *
 * @param call the key of the call
 * @param channel the side of the call
 */
record MemoryKey(String call, int channel) {

  static MemoryKey of(SpokenUtterance utterance) {
    return new MemoryKey(utterance.conversation().key(), utterance.span().channel());
  }
}
