package io.undertone.cli.classify;

import io.undertone.cli.recording.Recording;
import io.undertone.model.ModelVersion;

/** Shows what was heard, one utterance at a time. */
interface HeardPrinter {

  /** A file is about to be heard. */
  void begin(Recording recording, ModelVersion model);

  void print(Recording recording, HeardUtterance heard);

  /** The file was heard to its end. */
  void end(Recording recording);
}
