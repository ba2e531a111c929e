package io.undertone.bench.simulation;

/** Calls that begin, speak and end, whatever happens to their utterances. */
interface Traffic {

  /** Takes what calls do, at the time when they do it. */
  interface Listener {
    void callBegan();

    void utteranceEnded(SimulatedUtterance utterance);

    void callEnded();
  }

  /** Plans the calls. */
  void begin(Agenda agenda, Listener listener);

  /** When no more calls speak, at the latest, save for those in progress. */
  double endMs();
}
