package io.undertone.training.evaluation.dialogue;

import io.undertone.model.EmotionEstimate;
import io.undertone.model.MemorySnapshot.Role;
import io.undertone.model.MemorySnapshot.Tensor;
import io.undertone.model.torch.memory.LiveMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects what becomes a {@link Drift}. */
final class DriftMeter {
  private static final List<Integer> AFTER_UTTERANCES = List.of(10, 20);
  private static final double NANOS_PER_MS = 1e6;

  private record Difference(double weights, double estimate) {}

  private final Map<Integer, List<Difference>> differences = new TreeMap<>();
  private long nanos;
  private int utterances;

  void took(long coreNanos, int heardUtterances) {
    nanos += coreNanos;
    utterances += heardUtterances;
  }

  /** Compares a memory with its exact twin, if both have heard as many utterances as matter. */
  void compare(
      LiveMemory memory,
      EmotionEstimate estimate,
      LiveMemory exact,
      EmotionEstimate exactEstimate) {
    int heard = exact.updateStep();
    if (AFTER_UTTERANCES.contains(heard)) {
      differences
          .computeIfAbsent(heard, any -> new ArrayList<>())
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
        float[] wanted = exact.get(i).values();
        float[] found = tensors.get(i).values();
        for (int j = 0; j < wanted.length; j++) {
          difference += Math.pow(found[j] - wanted[j], 2);
          norm += Math.pow(wanted[j], 2);
        }
      }
    }
    return Math.sqrt(difference / norm);
  }

  private static double largest(EmotionEstimate estimate, EmotionEstimate exact) {
    float[] found = estimate.toArray();
    float[] wanted = exact.toArray();
    double largest = 0;
    for (int i = 0; i < wanted.length; i++) {
      largest = Math.max(largest, Math.abs(found[i] - wanted[i]));
    }
    return largest;
  }

  Drift drift() {
    List<Drift.After> after = new ArrayList<>();
    differences.forEach((heard, all) -> after.add(after(heard, all)));
    return new Drift(nanos / NANOS_PER_MS / utterances, after);
  }

  private static Drift.After after(int heard, List<Difference> all) {
    double[] weights = all.stream().mapToDouble(Difference::weights).toArray();
    double[] estimates = all.stream().mapToDouble(Difference::estimate).toArray();
    return new Drift.After(
        heard, all.size(), mean(weights), most(weights), mean(estimates), most(estimates));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(0);
  }

  private static double most(double[] values) {
    return Arrays.stream(values).max().orElse(0);
  }
}
