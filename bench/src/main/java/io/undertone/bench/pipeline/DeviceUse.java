package io.undertone.bench.pipeline;

import io.undertone.model.ModelWork;
import io.undertone.model.recognizer.ModelHandle;

/**
 * How much a device was used.
 *
 * @param batches that it computed
 * @param utterances in them
 * @param busyMs wall-clock time in the model
 */
public record DeviceUse(long batches, long utterances, long busyMs) {

  /** Since the model was opened. */
  static DeviceUse of(ModelHandle handle) {
    ModelWork work = handle.model().work();
    return new DeviceUse(work.batches(), work.utterances(), handle.recognizer().busyMs());
  }

  /** What was added since. */
  DeviceUse minus(DeviceUse before) {
    return new DeviceUse(
        batches - before.batches, utterances - before.utterances, busyMs - before.busyMs);
  }
}
