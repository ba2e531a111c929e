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
import java.util.stream.Stream;

/**
 * Recognizes batches. A batch that does not fit the device's memory is repeated in halves, and so
 * are those that still do not fit; {@link FittingBatches} remembers the size. If the model throws
 * another exception, each utterance that it has not recognized is repeated alone. One that fails
 * again, or does not fit alone, is unrecognizable if the model still recognizes a tone; otherwise
 * the model or its device is broken, and the whole batch fails with its exception. An Error is
 * never repeated.
 */
final class BatchRunner {
  private static final int TONE_HZ = 200;
  private static final float TONE_AMPLITUDE = 0.1f;

  private final EmotionModel model;
  private final DeviceThread thread;
  private final LongSupplier nanoTime;
  private final FittingBatches fitting;
  private volatile long failedBatches;
  private volatile long oversizeBatches;
  private volatile long busyNanos;

  BatchRunner(EmotionModel model, DeviceThread thread, LongSupplier nanoTime) {
    this.model = model;
    this.thread = thread;
    this.nanoTime = nanoTime;
    this.fitting = new FittingBatches(nanoTime);
  }

  long failedBatches() {
    return failedBatches;
  }

  long oversizeBatches() {
    return oversizeBatches;
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
      for (PendingRequest failed : runInParts(batch, deadlineMs)) {
        runAlone(failed, deadlineMs);
      }
    } catch (RuntimeException | Error e) {
      // Requests that are done keep their results.
      batch.forEach(request -> request.result().completeExceptionally(e));
    }
  }

  /** Returns the requests that must be repeated alone. */
  private List<PendingRequest> runInParts(List<PendingRequest> batch, long deadlineMs) {
    List<PendingRequest> alone = new ArrayList<>();
    List<PendingRequest> waiting = batch;
    while (!waiting.isEmpty()) {
      int size = Math.min(fitting.most(), waiting.size());
      List<PendingRequest> part = waiting.subList(0, size);
      List<PendingRequest> rest = waiting.subList(size, waiting.size());
      waiting = rest;
      try {
        runTogether(part, deadlineMs);
      } catch (RuntimeException e) {
        List<PendingRequest> open = open(part, e);
        if (size > 1 && isOutOfMemory(e)) {
          oversizeBatches++;
          fitting.tooLarge(size);
          waiting = Stream.concat(open.stream(), rest.stream()).toList();
        } else {
          failedBatches++;
          alone.addAll(open);
        }
      }
    }
    return alone;
  }

  /** Completes the requests that a failed call has results for, and returns the others. */
  private static List<PendingRequest> open(List<PendingRequest> part, RuntimeException failure) {
    return failure instanceof PartlyFailedBatchException partly
        ? complete(part, partly.recognitions())
        : part;
  }

  private static boolean isOutOfMemory(RuntimeException failure) {
    return failure instanceof OutOfDeviceMemoryException
        || failure.getCause() instanceof OutOfDeviceMemoryException;
  }

  private void runTogether(List<PendingRequest> batch, long deadlineMs) {
    List<RecognitionRequest> requests = batch.stream().map(PendingRequest::request).toList();
    complete(batch, recognize(requests, deadlineMs).stream().map(Optional::of).toList());
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
      if (isOutOfMemory(e)) {
        fitting.forget();
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
