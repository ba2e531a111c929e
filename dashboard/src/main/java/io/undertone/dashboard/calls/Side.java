package io.undertone.dashboard.calls;

import java.util.List;

/**
 * One channel of a call.
 *
 * @param utterances in the order of their begin; at least one
 */
public record Side(int channel, String role, List<Utterance> utterances) {

  public Utterance last() {
    return utterances.get(utterances.size() - 1);
  }
}
