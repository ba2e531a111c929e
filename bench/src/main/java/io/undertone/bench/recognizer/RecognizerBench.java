package io.undertone.bench.recognizer;

import io.undertone.bench.measure.Effort;
import io.undertone.bench.measure.Quantiles;
import io.undertone.bench.measure.SpeechClips;
import io.undertone.bench.measure.Stopwatch;
import io.undertone.bench.measure.Stopwatch.Elapsed;
import io.undertone.bench.plan.Work;
import io.undertone.model.EmotionModel;
import io.undertone.model.MemoryCodec;
import io.undertone.model.Recognition;
import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.model.torch.device.MatrixMultiply;
import io.undertone.operators.recognize.RecognizeOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Speed of the model alone on one thread, by batch size and utterance length. All combinations are
 * interleaved within a run, so that other load on the machine affects them equally.
 */
public final class RecognizerBench {

  /** The combinations to measure. */
  private record Sizes(List<Integer> batches, List<Integer> utterancesMs, int rounds) {

    static Sizes of(Effort effort) {
      return switch (effort) {
        case SMOKE -> new Sizes(List.of(1, 2), List.of(1_000), 1);
        case QUICK -> new Sizes(List.of(1, 8, 32), List.of(3_000), 3);
        case FULL -> new Sizes(List.of(1, 2, 4, 8, 16, 32, 64), List.of(1_000, 3_000, 6_000), 5);
      };
    }

    int largestBatch() {
      return batches.get(batches.size() - 1);
    }
  }

  /**
   * The figures of one batch size and utterance length.
   *
   * @param utterancesPerSecond of wall-clock time
   * @param utterancesPerCoreSecond of processor time
   * @param latencyMs from the start of a batch to its end, wall-clock
   * @param coresBusy processor time over wall-clock time; a single thread reaches at most 1
   * @param sgemmFraction floating point operations of the utterances, as a fraction of those that
   *     large matrix products reach in the same time
   */
  public record Row(
      int batch,
      int utteranceMs,
      double utterancesPerSecond,
      double utterancesPerCoreSecond,
      Quantiles latencyMs,
      double coresBusy,
      double sgemmFraction) {}

  /**
   * The figures of a run.
   *
   * @param sgemmGflops speed of large matrix products on one thread, the median of the rounds
   * @param stateBytes size of a call's memory in a checkpoint
   * @param residentBytes size of a call's memory on the device
   */
  public record Result(double sgemmGflops, long stateBytes, long residentBytes, List<Row> rows) {

    /** The row of a batch size and utterance length. */
    public Row row(int batch, int utteranceMs) {
      return rows.stream()
          .filter(row -> row.batch == batch && row.utteranceMs == utteranceMs)
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "batch must be one that was measured, but is %d at %d ms"
                          .formatted(batch, utteranceMs)));
    }
  }

  private final EmotionModel model;
  private final DeviceChoice device;
  private final Work work;
  private final SpeechClips speech;

  /**
   * @param device of the model
   * @param work floating point operations of the model
   * @param speech audio of the calls
   */
  public RecognizerBench(EmotionModel model, DeviceChoice device, Work work, SpeechClips speech) {
    this.model = model;
    this.device = device;
    this.work = work;
    this.speech = speech;
  }

  /** Runs the benchmark. */
  public Result run(Effort effort) {
    Sizes sizes = Sizes.of(effort);
    Map<List<Integer>, Measured> measured = new LinkedHashMap<>();
    try (Conversations calls = new Conversations(model, speech, sizes.largestBatch())) {
      List<Double> gflops = new ArrayList<>();
      for (int round = 0; round < sizes.rounds(); round++) {
        gflops.add(MatrixMultiply.peakGflops(device));
        for (int ms : sizes.utterancesMs()) {
          for (int batch : sizes.batches()) {
            measured
                .computeIfAbsent(List.of(batch, ms), key -> new Measured(batch, ms))
                .round(calls, sizes.largestBatch());
          }
        }
      }
      double peak = Quantiles.of(gflops).p50();
      List<Row> rows = measured.values().stream().map(one -> one.row(work, peak)).toList();
      var memory = calls.memory(0);
      long stateBytes =
          MemoryCodec.encode(memory.snapshot(), RecognizeOptions.defaults().saving()).length;
      return new Result(peak, stateBytes, memory.sizeBytes(), rows);
    }
  }

  /** Accumulates the measurements of one batch size and utterance length. */
  private static final class Measured {
    private final int batch;
    private final int utteranceMs;
    private final List<Double> latenciesMs = new ArrayList<>();
    private Elapsed elapsed = Elapsed.NONE;
    private int utterances;
    private long tokens;

    Measured(int batch, int utteranceMs) {
      this.batch = batch;
      this.utteranceMs = utteranceMs;
    }

    /**
     * Recognizes {@code count} utterances in batches, so that each batch size gets the same number.
     */
    void round(Conversations calls, int count) {
      for (int first = 0; first + batch <= count; first += batch) {
        Stopwatch watch = Stopwatch.startFine();
        List<Recognition> recognitions = calls.recognize(first, batch, utteranceMs);
        Elapsed took = watch.elapsed();
        elapsed = elapsed.plus(took);
        latenciesMs.add(1000 * took.seconds());
        utterances += batch;
        tokens += recognitions.stream().mapToLong(one -> one.update().tokens()).sum();
      }
    }

    Row row(Work work, double sgemmGflops) {
      int meanTokens = (int) (tokens / utterances);
      double gflop = work.flopsPerUtterance(meanTokens) / 1e9 * utterances;
      return new Row(
          batch,
          utteranceMs,
          utterances / elapsed.seconds(),
          utterances / elapsed.coreSeconds(),
          Quantiles.of(latenciesMs),
          elapsed.coresUsed(),
          gflop / elapsed.coreSeconds() / sgemmGflops);
    }
  }
}
