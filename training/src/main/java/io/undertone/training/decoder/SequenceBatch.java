package io.undertone.training.decoder;

import io.undertone.model.torch.memory.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Training sequences side by side, padded to the longest. Positions are {@code row · time + i}. */
public record SequenceBatch(List<TrainingSequence> sequences) {

  /**
   * Positions and the ids that follow them.
   *
   * @param positions (targets)
   * @param ids (targets)
   */
  public record NextTokens(long[] positions, long[] ids) {}

  /**
   * Positions and the labels to predict there.
   *
   * @param positions (targets)
   * @param probabilities (labels) for each target
   */
  public record Labels(long[] positions, List<float[]> probabilities) {}

  int size() {
    return sequences.size();
  }

  /** Length of the longest sequence. */
  int time() {
    return sequences.stream().mapToInt(sequence -> sequence.ids().length).max().orElseThrow();
  }

  /**
   * The input ids, padded.
   *
   * @param noise share of speech tokens that are replaced at random
   * @return (batch · time)
   */
  long[] ids(Vocabulary vocabulary, float noise, Random random) {
    int time = time();
    long[] ids = new long[size() * time];
    Arrays.fill(ids, vocabulary.pad());
    for (int row = 0; row < size(); row++) {
      int[] sequence = sequences.get(row).ids();
      for (int i = 0; i < sequence.length; i++) {
        boolean replaced = vocabulary.isAudio(sequence[i]) && random.nextFloat() < noise;
        ids[row * time + i] =
            replaced
                ? vocabulary.audioStart() + random.nextInt(vocabulary.audioTokens())
                : sequence[i];
      }
    }
    return ids;
  }

  /** Every id but the first of each sequence. */
  public NextTokens nextTokens() {
    int time = time();
    List<Long> positions = new ArrayList<>();
    List<Long> next = new ArrayList<>();
    for (int row = 0; row < size(); row++) {
      int[] ids = sequences.get(row).ids();
      for (int i = 0; i + 1 < ids.length; i++) {
        positions.add((long) row * time + i);
        next.add((long) ids[i + 1]);
      }
    }
    return new NextTokens(longs(positions), longs(next));
  }

  /** The targets that a function takes from each sequence. */
  public Labels labels(Function<TrainingSequence, List<TrainingSequence.Target>> targets) {
    int time = time();
    List<Long> positions = new ArrayList<>();
    List<float[]> probabilities = new ArrayList<>();
    for (int row = 0; row < size(); row++) {
      for (TrainingSequence.Target target : targets.apply(sequences.get(row))) {
        positions.add((long) row * time + target.position());
        probabilities.add(target.utterance().target());
      }
    }
    return new Labels(longs(positions), probabilities);
  }

  private static long[] longs(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }
}
