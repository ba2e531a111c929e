package io.undertone.training.memory;

import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.device.Rows;
import io.undertone.model.torch.dpm.EmotionReader;
import io.undertone.model.torch.dpm.Vocabulary;
import io.undertone.model.torch.llama.Adapter;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.tokenizer.Delivery;
import io.undertone.training.ProgressLog;
import io.undertone.training.decoder.TrainingSequence;
import io.undertone.training.simulation.DialogueSampler;
import io.undertone.training.tokenizer.Take;
import io.undertone.training.tokenizer.TokenizedClip;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
      Delivery delivery =
          sequence.atEnds().get(i).take().delivery().after(otherSide(said.get(i), random));
      utterances.add(
          new HeardSequence.Utterance(states[i], logits[i], delivery, dialogue.get(i).emotion()));
    }
    return new HeardSequence(utterances);
  }

  /**
   * What the other side's last utterance tells as a whole: less than the job's memory makes of it,
   * since memories are what is to be learned from this.
   */
  private static float[] otherSide(DialogueSampler.Said said, Random random) {
    return said.answered()
        .map(
            answered -> {
              List<Take> takes = answered.takes();
              float[] told = takes.get(random.nextInt(takes.size())).delivery().emotions();
              float[] probabilities = new float[told.length];
              for (int emotion = 0; emotion < told.length; emotion++) {
                probabilities[emotion] = (float) Math.exp(told[emotion]);
              }
              return probabilities;
            })
        .orElse(new float[0]);
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
