package io.undertone.model;

import io.undertone.model.recognizer.OutOfDeviceMemoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * A {@link FakeEmotionModel} on a device whose memory holds a certain size at once. It recognizes
 * the utterances that fit before it fails on the next one.
 */
public final class SmallMemoryModel extends WrappedModel {
  private final ToIntFunction<RecognitionRequest> size;
  private final List<Integer> batches = new ArrayList<>();
  private volatile int holds;

  /**
   * @param size what an utterance takes of the memory
   */
  public SmallMemoryModel(int holds, ToIntFunction<RecognitionRequest> size) {
    super("fake-1");
    this.holds = holds;
    this.size = size;
  }

  /** Changes the size of the memory. */
  public void resize(int nowHolds) {
    holds = nowHolds;
  }

  /** The sizes of the batches that were tried, also of those that did not fit. */
  public synchronized List<Integer> batches() {
    return List.copyOf(batches);
  }

  @Override
  public synchronized List<Recognition> recognize(List<RecognitionRequest> requests) {
    batches.add(requests.size());
    int needed = requests.stream().mapToInt(size).sum();
    if (needed <= holds) {
      return model.recognize(requests);
    }
    OutOfDeviceMemoryException failure =
        new OutOfDeviceMemoryException(
            new IllegalStateException("%d of %d".formatted(needed, holds)));
    if (size.applyAsInt(requests.get(0)) > holds || requests.size() == 1) {
      throw failure;
    }
    // As a model that splits a batch: the first part still fits.
    List<Recognition> first = model.recognize(requests.subList(0, 1));
    throw new PartlyFailedBatchException(padded(first, requests.size()), failure);
  }
}
