package io.undertone.training.optimization;

import ai.djl.engine.Engine;
import io.undertone.training.ProgressLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;

/**
 * Runs a training stage round by round, with a checkpoint after each, so that a run that was killed
 * resumes in the same round and ends with the same weights. The result of the stage is the weights
 * with the lowest development NLL; the stage stops early once that has not improved for half of the
 * rounds.
 */
public final class Rounds {
  private final TrainableWeights weights;
  private final Path checkpoint;
  private final Path best;
  private final int count;
  private final long seed;
  private final ProgressLog progress;

  /** One round of a stage. */
  @FunctionalInterface
  public interface Round {

    /**
     * Trains, then evaluates.
     *
     * @param round from 0
     * @param random seeded by the round, so that a resumed run draws the same
     * @return NLL on the development set, which unlike accuracy is stable from round to round; NaN
     *     without a development set
     */
    double run(int round, Random random);
  }

  /**
   * @param work directory of the stage's checkpoints
   * @param stage prefix of the file names
   * @param count number of rounds
   */
  public Rounds(
      TrainableWeights weights,
      Path work,
      String stage,
      int count,
      long seed,
      ProgressLog progress) {
    this.weights = weights;
    this.checkpoint = work.resolve(stage + ".checkpoint.safetensors");
    this.best = work.resolve(stage + ".best.safetensors");
    this.count = count;
    this.seed = seed;
    this.progress = progress;
  }

  /** Runs the remaining rounds and sets the weights to the best ones. */
  public void run(Round round) {
    RoundsState state = RoundsState.INITIAL;
    if (Files.exists(checkpoint)) {
      state = weights.restore(checkpoint);
      progress.say("resuming after round %d of %d", state.done(), count);
    }
    while (state.done() < count && state.sinceBest() <= (count + 1) / 2) {
      Random random = new Random(Objects.hash(seed, state.done()));
      Engine.getInstance().setRandomSeed(random.nextInt());
      state = state.after(round.run(state.done(), random));
      if (state.sinceBest() == 0) {
        weights.saveAverages(best);
      }
      weights.save(checkpoint, state);
    }
    weights.loadAverages(best);
  }
}
