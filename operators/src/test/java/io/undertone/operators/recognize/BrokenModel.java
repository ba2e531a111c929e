package io.undertone.operators.recognize;

import io.undertone.model.Recognition;
import io.undertone.model.RecognitionRequest;
import io.undertone.model.WrappedModel;
import java.util.List;

/** A model whose device is lost, at a sample rate of your choice. */
final class BrokenModel extends WrappedModel {
  private final int sampleRateHz;

  BrokenModel(int sampleRateHz) {
    super("broken");
    this.sampleRateHz = sampleRateHz;
  }

  @Override
  public int sampleRateHz() {
    return sampleRateHz;
  }

  @Override
  public List<Recognition> recognize(List<RecognitionRequest> requests) {
    throw new IllegalStateException("the device is gone");
  }
}
