package io.undertone.training.optimization;

import ai.djl.engine.Engine;
import io.undertone.training.ProgressLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;

/**
 * Runs a stage of training round by round. After each round all is kept in a file, so that a run
 * that was killed goes on with the round in which it was, to the weights that it would have made.
 * The weights that find the development clips likeliest are the stage's result; where they have not
 * become better for half of the rounds, the stage ends early.
 */
public final class Rounds {
  private final TrainableWeights weights;
  private final Path checkpoint;
  private final Path best;
  private final int count;
  private final long seed;
  private final ProgressLog progress;

  /** What happens in a round. */
  @FunctionalInterface
  public interface Round {

    /**
     * Learns.
     *
     * @param round from 0
     * @param random this round's own
     * @return the negative log likelihood of the development clips' emotions now; not a number
     *     where there are none. Unlike accuracy it does not jump from round to round.
     */
    double learn(int round, Random random);
  }

  /**
   * @param stage names the files in {@code work}
   * @param count of rounds
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

  /** Runs the rounds that are left, and leaves the best weights. */
  public void run(Round round) {
    RoundsState state = RoundsState.BEGIN;
    if (Files.exists(checkpoint)) {
      state = weights.restore(checkpoint);
      progress.say("going on behind round %d of %d", state.done(), count);
    }
    while (state.done() < count && state.sinceBest() <= (count + 1) / 2) {
      Random random = new Random(Objects.hash(seed, state.done()));
      Engine.getInstance().setRandomSeed(random.nextInt());
      state = state.after(round.learn(state.done(), random));
      if (state.sinceBest() == 0) {
        weights.saveAverages(best);
      }
      weights.save(checkpoint, state);
    }
    weights.takeAverages(best);
  }
}
