package io.undertone.training.adapter;

import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.memory.Vocabulary;
import io.undertone.training.ProgressLog;
import io.undertone.training.decoder.TrainingSequence;
import io.undertone.training.evaluation.Metrics;
import io.undertone.training.optimization.Rounds;
import io.undertone.training.simulation.DialogueSampler;
import io.undertone.training.simulation.SimulatedUtterance;
import io.undertone.training.tokenizer.TokenizedClip;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * Trains an adapter on drawn dialogues, one sequence at a time: the gradients of several add up to
 * one step. Runs on the device's owner thread.
 *
 * @param manager its submanagers own what a sequence needs
 */
record AdapterRounds(
    EmotionAdapter adapter,
    Vocabulary vocabulary,
    AdapterPlan plan,
    NDManager manager,
    ProgressLog progress) {

  private static final float LARGEST_NORM = 1;

  /**
   * Runs the remaining steps and keeps the best weights.
   *
   * @param dev clips that the weights are chosen on, maybe none
   * @param work directory of the state
   */
  void run(DialogueSampler dialogues, List<TokenizedClip> dev, Path work) {
    int perRound = plan.stepsPerRound();
    int rounds = (plan.steps() + perRound - 1) / perRound;
    new Rounds(adapter.weights(), work, "adapter", rounds, plan.seed(), progress)
        .run(
            (round, random) -> {
              int first = round * perRound;
              int end = Math.min(plan.steps(), first + perRound);
              double sum = 0;
              for (int step = first; step < end; step++) {
                sum += step(dialogues, random);
                progress.report("adapter step", step + 1, plan.steps());
              }
              Metrics metrics = adapter.weights().withAverages(() -> evaluate(dev));
              progress.say(
                  "adapter step %d: loss %.3f, dev clip by clip %s",
                  end, sum / (end - first), metrics);
              return metrics.negativeLogLikelihood();
            });
  }

  /** Returns the mean loss of the step's sequences. */
  private double step(DialogueSampler dialogues, Random random) {
    double sum = 0;
    for (int i = 0; i < plan.sequencesPerStep(); i++) {
      try (NDManager scope = manager.newSubManager()) {
        sum += adapter.learn(draw(dialogues, random), scope);
      }
    }
    adapter.weights().update((float) plan.learningRate(), 0, LARGEST_NORM);
    return sum / plan.sequencesPerStep();
  }

  private TrainingSequence draw(DialogueSampler dialogues, Random random) {
    int length = plan.sequenceTokens();
    List<TokenizedClip> dialogue =
        dialogues.draw(2 * length, random).stream().map(SimulatedUtterance::clip).toList();
    return TrainingSequence.of(dialogue, vocabulary, length, random);
  }

  /** Clip by clip, without context. */
  private Metrics evaluate(List<TokenizedClip> clips) {
    Metrics metrics = new Metrics();
    for (TokenizedClip clip : clips) {
      try (NDManager scope = manager.newSubManager()) {
        metrics.add(clip.emotion().orElseThrow(), adapter.estimate(clip.recorded().codes(), scope));
      }
    }
    return metrics;
  }
}
