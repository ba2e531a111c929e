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

/** The one ONNX Runtime session of a JVM, counted by its users. */
final class SileroSession {
  private static final String MODEL = "silero_vad_v6.onnx";

  private static @Nullable SileroSession shared;
  private static int users;

  private final OrtSession session;

  /** As many as there were threads at once. */
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
   * @param state (STATE_VALUES), read and then overwritten
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
                + " is not on the class path beside "
                + SileroSession.class.getName()
                + "; the build takes it from npm");
      }
      // Frames are tiny and channels many: parallel over channels, never inside a frame.
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
