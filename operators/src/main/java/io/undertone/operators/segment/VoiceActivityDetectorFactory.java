package io.undertone.operators.segment;

import io.undertone.audio.vad.VoiceActivityDetector;
import java.io.Serializable;

/** Opens a detector on the TaskManager; the job graph contains the factory, not the detector. */
@FunctionalInterface
public interface VoiceActivityDetectorFactory extends Serializable {

  /** Opens a detector, or shares an open one of this JVM. Close each result once. */
  VoiceActivityDetector open();
}
