package io.undertone.model.recognizer;

import io.undertone.model.EmotionModel;
import java.util.concurrent.atomic.AtomicBoolean;

/** One user's share of an open model. The model closes with the last handle of it. */
public final class ModelHandle implements AutoCloseable {
  private final EmotionModel model;
  private final Recognizer recognizer;
  private final Runnable release;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * A share of a model that others may use too.
   *
   * @param recognizer of all users of the model
   * @param release runs once, when this handle closes
   */
  public ModelHandle(EmotionModel model, Recognizer recognizer, Runnable release) {
    this.model = model;
    this.recognizer = recognizer;
    this.release = release;
  }

  /** The only handle of a model, whose recognizer gets a thread of its own. */
  public static ModelHandle of(EmotionModel model) {
    DeviceThread thread = new DeviceThread("recognizer");
    return new ModelHandle(
        model,
        new Recognizer(model, thread),
        () -> {
          thread.close();
          model.close();
        });
  }

  /** The model, to be called and waited for. Do not close it: close the handle. */
  public EmotionModel model() {
    return model;
  }

  /** The way to the model that does not wait and shares batches with all its users. */
  public Recognizer recognizer() {
    return recognizer;
  }

  /** Closing twice is harmless. Close clients of the recognizer and memories first. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      release.run();
    }
  }
}
