package io.undertone.model.recognizer;

import io.undertone.audio.Pcm;
import io.undertone.model.ChannelMemory;
import io.undertone.model.EmotionModel;
import io.undertone.model.PartlyFailedBatchException;
import io.undertone.model.Recognition;
import io.undertone.model.RecognitionRequest;
import io.undertone.model.recognizer.Recognizer.PendingRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Recognizes batches. If the model throws an exception, each utterance that it has not recognized
 * is repeated alone. One that fails again is unrecognizable if the model still recognizes a tone;
 * otherwise the model or its device is broken, and the whole batch fails with its exception. An
 * Error is never repeated.
 */
final class BatchRunner {
  private static final int TONE_HZ = 200;
  private static final float TONE_AMPLITUDE = 0.1f;

  private final EmotionModel model;
  private final DeviceThread thread;
  private final LongSupplier nanoTime;
  private volatile long failedBatches;
  private volatile long busyNanos;

  BatchRunner(EmotionModel model, DeviceThread thread, LongSupplier nanoTime) {
    this.model = model;
    this.thread = thread;
    this.nanoTime = nanoTime;
  }

  long failedBatches() {
    return failedBatches;
  }

  /** Time in calls of the model, failed ones too. */
  long busyNanos() {
    return busyNanos;
  }

  /**
   * Completes all requests of a batch. Runs on the model's thread.
   *
   * @param deadlineMs for each call of the model
   */
  void run(List<PendingRequest> batch, long deadlineMs) {
    try {
      for (PendingRequest failed : runTogether(batch, deadlineMs)) {
        runAlone(failed, deadlineMs);
      }
    } catch (RuntimeException | Error e) {
      // Requests that are done keep their results.
      batch.forEach(request -> request.result().completeExceptionally(e));
    }
  }

  /** Returns the requests that must be repeated. */
  private List<PendingRequest> runTogether(List<PendingRequest> batch, long deadlineMs) {
    try {
      List<RecognitionRequest> requests = batch.stream().map(PendingRequest::request).toList();
      complete(batch, recognize(requests, deadlineMs).stream().map(Optional::of).toList());
      return List.of();
    } catch (PartlyFailedBatchException e) {
      failedBatches++;
      return complete(batch, e.recognitions());
    } catch (RuntimeException e) {
      failedBatches++;
      return batch;
    }
  }

  /** Returns the requests without a result. */
  private static List<PendingRequest> complete(
      List<PendingRequest> batch, List<Optional<Recognition>> recognitions) {
    List<PendingRequest> open = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      PendingRequest request = batch.get(i);
      recognitions.get(i).ifPresentOrElse(request.result()::complete, () -> open.add(request));
    }
    return open;
  }

  private void runAlone(PendingRequest request, long deadlineMs) {
    try {
      request.result().complete(recognize(List.of(request.request()), deadlineMs).get(0));
    } catch (RuntimeException e) {
      if (!recognizesATone(deadlineMs)) {
        throw e;
      }
      request.result().completeExceptionally(new UnrecognizableUtteranceException(e));
    }
  }

  private boolean recognizesATone(long deadlineMs) {
    try (ChannelMemory memory = model.newMemory(0)) {
      return recognize(List.of(new RecognitionRequest(tone(), memory)), deadlineMs).size() == 1;
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** One second. */
  private Pcm tone() {
    float[] samples = new float[model.sampleRateHz()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (TONE_AMPLITUDE * Math.sin(2 * Math.PI * TONE_HZ * i / samples.length));
    }
    return new Pcm(samples, model.sampleRateHz());
  }

  private List<Recognition> recognize(List<RecognitionRequest> requests, long deadlineMs) {
    long beginNanos = nanoTime.getAsLong();
    try {
      return thread.watched(deadlineMs, () -> model.recognize(requests));
    } finally {
      busyNanos += nanoTime.getAsLong() - beginNanos;
    }
  }
}
