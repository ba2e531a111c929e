package io.undertone.training.memory;

import ai.djl.ndarray.NDManager;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.device.Rows;
import io.undertone.model.torch.llama.Adapter;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.memory.EmotionReader;
import io.undertone.model.torch.memory.Vocabulary;
import io.undertone.training.ProgressLog;
import io.undertone.training.decoder.TrainingSequence;
import io.undertone.training.simulation.DialogueSampler;
import io.undertone.training.tokenizer.Take;
import io.undertone.training.tokenizer.TokenizedClip;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Lets the decoder hear drawn dialogues as it does in a call, through windows. */
public final class DialogueListening {

  private static final int TOKENS = 1100;
  private static final int MOST_TURNS = 16;

  private final EmotionReader reader;
  private final Vocabulary vocabulary;
  private final int windowTokens;
  private final NDManager manager;

  /**
   * @param windowTokens what is read for each utterance
   */
  public DialogueListening(
      Llama llama, Vocabulary vocabulary, int windowTokens, NDManager manager) {
    this.reader = new EmotionReader(llama, vocabulary, manager);
    this.vocabulary = vocabulary;
    this.windowTokens = windowTokens;
    this.manager = manager;
  }

  /** Draws dialogues and hears them. */
  public List<HeardSequence> hear(
      DialogueSampler sampler, int dialogues, Random random, ProgressLog progress) {
    List<HeardSequence> heard = new ArrayList<>();
    for (int i = 0; i < dialogues; i++) {
      heard.add(hear(sampler.drawAnswers(TOKENS, random), random));
      progress.report("dialogues", i + 1, dialogues);
    }
    return heard;
  }

  private HeardSequence hear(List<DialogueSampler.Said> drawn, Random random) {
    List<DialogueSampler.Said> said = drawn.subList(0, Math.min(MOST_TURNS, drawn.size()));
    List<TokenizedClip> dialogue = said.stream().map(DialogueSampler.Said::clip).toList();
    TrainingSequence sequence = TrainingSequence.whole(dialogue, vocabulary, random);
    List<int[]> windows = windows(sequence);
    float[][] states;
    float[][] logits;
    try (NDManager step = manager.newSubManager()) {
      EmotionReader.Ends ends = reader.ends(windows, Adapter.NONE, step);
      states = Rows.of(ends.states());
      logits = Rows.of(ends.logits());
    }
    List<HeardSequence.Utterance> utterances = new ArrayList<>();
    for (int i = 0; i < dialogue.size(); i++) {
      utterances.add(
          new HeardSequence.Utterance(
              states[i],
              logits[i],
              sequence.atEnds().get(i).take().cues(),
              otherSide(said.get(i), random),
              dialogue.get(i).emotion()));
    }
    return new HeardSequence(utterances);
  }

  /**
   * The classifier's estimate of the utterance that was answered. It is less certain than the last
   * estimate in a job, which has memory: the memory is what is trained here.
   */
  private static Optional<EmotionEstimate> otherSide(DialogueSampler.Said said, Random random) {
    return said.answered()
        .map(
            answered -> {
              List<Take> takes = answered.takes();
              float[] logProbabilities = takes.get(random.nextInt(takes.size())).cues().emotions();
              float[] probabilities = new float[logProbabilities.length];
              for (int emotion = 0; emotion < probabilities.length; emotion++) {
                probabilities[emotion] = (float) Math.exp(logProbabilities[emotion]);
              }
              return new EmotionEstimate(probabilities);
            });
  }

  /** What is read at the end of each utterance. */
  private List<int[]> windows(TrainingSequence sequence) {
    return sequence.atEnds().stream()
        .map(
            end ->
                Arrays.copyOfRange(
                    sequence.ids(),
                    Math.max(0, end.position() + 1 - windowTokens),
                    end.position() + 1))
        .toList();
  }
}
