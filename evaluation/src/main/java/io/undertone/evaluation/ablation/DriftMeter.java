package io.undertone.evaluation.ablation;

import io.undertone.model.EmotionEstimate;
import io.undertone.model.MemorySnapshot.Role;
import io.undertone.model.MemorySnapshot.Tensor;
import io.undertone.model.torch.memory.LiveMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Measures a {@link Drift}. */
final class DriftMeter {
  private static final List<Integer> AFTER_UTTERANCES = List.of(10, 20);
  private static final double NANOS_PER_MS = 1e6;

  private record Difference(double weights, double estimate) {}

  private final Map<Integer, List<Difference>> differences = new TreeMap<>();
  private long coreNanos;
  private int utterances;

  /** Adds the processor time of some utterances. */
  void addTime(long nanos, int recognized) {
    coreNanos += nanos;
    utterances += recognized;
  }

  /** Compares a memory with the exact one, after the numbers of utterances that are reported. */
  void compare(
      LiveMemory memory,
      EmotionEstimate estimate,
      LiveMemory exact,
      EmotionEstimate exactEstimate) {
    int learned = exact.updateStep();
    if (AFTER_UTTERANCES.contains(learned)) {
      differences
          .computeIfAbsent(learned, any -> new ArrayList<>())
          .add(
              new Difference(
                  relative(memory.snapshot("").tensors(), exact.snapshot("").tensors()),
                  largest(estimate, exactEstimate)));
    }
  }

  private static double relative(List<Tensor> tensors, List<Tensor> exact) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < exact.size(); i++) {
      if (exact.get(i).role() == Role.WEIGHTS) {
        float[] expected = exact.get(i).values();
        float[] actual = tensors.get(i).values();
        for (int j = 0; j < expected.length; j++) {
          difference += Math.pow(actual[j] - expected[j], 2);
          norm += Math.pow(expected[j], 2);
        }
      }
    }
    return Math.sqrt(difference / norm);
  }

  private static double largest(EmotionEstimate estimate, EmotionEstimate exact) {
    float[] actual = estimate.toArray();
    float[] expected = exact.toArray();
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(actual[i] - expected[i]));
    }
    return largest;
  }

  Drift drift() {
    List<Drift.After> after = new ArrayList<>();
    differences.forEach((learned, all) -> after.add(after(learned, all)));
    return new Drift(coreNanos / NANOS_PER_MS / utterances, after);
  }

  private static Drift.After after(int learned, List<Difference> all) {
    double[] weights = all.stream().mapToDouble(Difference::weights).toArray();
    double[] estimates = all.stream().mapToDouble(Difference::estimate).toArray();
    return new Drift.After(
        learned, all.size(), mean(weights), largest(weights), mean(estimates), largest(estimates));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(0);
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).max().orElse(0);
  }
}
