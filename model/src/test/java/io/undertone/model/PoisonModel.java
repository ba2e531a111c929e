package io.undertone.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@link FakeEmotionModel} that fails on utterances whose first sample is {@link #POISON}, after
 * it has recognized those before them in the batch; and, once told so, on everything.
 */
public final class PoisonModel extends WrappedModel {
  public static final float POISON = 0.96875f;

  private volatile @Nullable Throwable breakdown;

  public PoisonModel() {
    super("fake-1");
  }

  /** Fails with an exception or error on every utterance from now on. */
  public void breakDown(Throwable failure) {
    breakdown = failure;
  }

  /** How many memories are open. */
  public int openMemories() {
    return model.openMemories();
  }

  @Override
  public List<Recognition> recognize(List<RecognitionRequest> requests) {
    if (breakdown instanceof Error error) {
      throw error;
    }
    if (breakdown instanceof RuntimeException exception) {
      throw exception;
    }
    List<Recognition> recognitions = new ArrayList<>();
    for (RecognitionRequest request : requests) {
      if (request.utterance().samples()[0] == POISON) {
        throw new PartlyFailedBatchException(
            padded(recognitions, requests.size()), new IllegalArgumentException("poison"));
      }
      recognitions.addAll(model.recognize(List.of(request)));
    }
    return recognitions;
  }
}
