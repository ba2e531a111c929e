package io.undertone.cli.classify;

import io.undertone.cli.recording.Recording;
import io.undertone.model.ModelVersion;

/** Prints results, one utterance at a time. */
interface ResultPrinter {

  /** Before the first utterance of a file. */
  void begin(Recording recording, ModelVersion model);

  void print(Recording recording, ClassifiedUtterance result);

  /** After the last utterance of a file. */
  void end(Recording recording, HeardCall call);
}
