package io.undertone.local.chaos;

import io.undertone.jobs.options.Delivery;
import io.undertone.model.torch.encoder.ArithmeticChoice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a run does.
 *
 * @param duration how long faults happen; each kind happens once at least
 * @param seed decides the faults and the calls
 * @param kinds of faults
 * @param callsAtOnce calls that are live at any time
 * @param longestCallMs a call is a piece of a recording, from half of this duration to all of it
 * @param model folder of the model
 * @param arithmetic of the model
 * @param batchSize utterances that the model takes at once, at most
 * @param delivery guarantee of the job
 * @param plant an error in the events
 * @param brokerAbsence how long a killed broker is away; zero for some seconds
 * @param jobOptions further options of the job, as {@code --name=value}; for the undisturbed run
 *     too
 */
public record ChaosSettings(
    Duration duration,
    long seed,
    List<FaultKind> kinds,
    int callsAtOnce,
    int longestCallMs,
    Path model,
    ArithmeticChoice arithmetic,
    int batchSize,
    Delivery delivery,
    Plant plant,
    Duration brokerAbsence,
    List<String> jobOptions) {

  public ChaosSettings {
    kinds = List.copyOf(kinds);
    jobOptions = List.copyOf(jobOptions);
    if (callsAtOnce < 1) {
      throw new IllegalArgumentException("callsAtOnce must be at least 1, but is " + callsAtOnce);
    }
  }
}
