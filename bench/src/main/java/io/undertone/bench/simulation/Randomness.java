package io.undertone.bench.simulation;

import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * Sources of random numbers by what they are for: the same calls come, whatever the machines do.
 *
 * @param seed of the whole simulation
 * @param jobNumber number of the job
 */
record Randomness(long seed, int jobNumber) {

  RandomGenerator traffic() {
    return generator(0);
  }

  RandomGenerator job() {
    return generator(1);
  }

  RandomGenerator batches() {
    return generator(2);
  }

  private RandomGenerator generator(int purpose) {
    return new Well19937c(new int[] {(int) seed, (int) (seed >>> 32), jobNumber, purpose});
  }
}
