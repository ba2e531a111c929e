package io.undertone.audio.vad;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The ONNX Runtime session that all detectors of a JVM share, with a reference count. */
final class SileroSession {
  private static final String MODEL = "silero_vad_v6.onnx";

  private static @Nullable SileroSession shared;
  private static int users;

  private final OrtSession session;

  /** Idle buffers; at most one per concurrent thread exists. */
  private final ConcurrentLinkedQueue<SileroBuffers> idle = new ConcurrentLinkedQueue<>();

  private SileroSession(OrtSession session) {
    this.session = session;
  }

  static synchronized SileroSession acquire() {
    SileroSession acquired = shared;
    if (acquired == null) {
      acquired = load(SileroSession.class.getResourceAsStream(MODEL));
      shared = acquired;
    }
    users++;
    return acquired;
  }

  void release() {
    synchronized (SileroSession.class) {
      users--;
      if (users == 0) {
        shared = null;
        free();
      }
    }
  }

  /**
   * Speech probability of one frame.
   *
   * @param state (STATE_VALUES), overwritten with the state after the frame
   */
  float run(float[] frame, float[] state) {
    try {
      SileroBuffers polled = idle.poll();
      SileroBuffers buffers =
          polled == null ? new SileroBuffers(OrtEnvironment.getEnvironment()) : polled;
      try {
        return buffers.run(session, frame, state);
      } finally {
        idle.add(buffers);
      }
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed on a frame", e);
    }
  }

  static SileroSession load(@Nullable InputStream resource) {
    try (InputStream model = resource;
        SessionOptions options = new SessionOptions()) {
      if (model == null) {
        throw new IllegalStateException(
            "the voice activity model "
                + MODEL
                + " is not on the class path next to "
                + SileroSession.class.getName()
                + "; the build installs it from npm");
      }
      // Parallel over channels, not within a frame: frames are tiny, channels are many.
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      byte[] bytes = model.readAllBytes();
      return new SileroSession(OrtEnvironment.getEnvironment().createSession(bytes, options));
    } catch (IOException e) {
      throw new UncheckedIOException("the voice activity model " + MODEL + " cannot be read", e);
    } catch (OrtException e) {
      throw new IllegalStateException("the voice activity model " + MODEL + " cannot be loaded", e);
    }
  }

  private void free() {
    idle.forEach(SileroBuffers::close);
    idle.clear();
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("the session of " + MODEL + " cannot be closed", e);
    }
  }
}
