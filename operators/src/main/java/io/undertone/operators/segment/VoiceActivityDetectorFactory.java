package io.undertone.operators.segment;

import io.undertone.audio.vad.VoiceActivityDetector;
import java.io.Serializable;

/** Opens a detector where the work is done: a job graph carries this, never the detector. */
@FunctionalInterface
public interface VoiceActivityDetectorFactory extends Serializable {

  /** Opens a detector, or shares one that is open in this JVM; each result is closed once. */
  VoiceActivityDetector open();
}
