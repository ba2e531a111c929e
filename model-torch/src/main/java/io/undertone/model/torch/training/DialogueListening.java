package io.undertone.model.torch.training;

import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.corpus.ProgressLog;
import io.undertone.model.torch.device.Rows;
import io.undertone.model.torch.dpm.EmotionReader;
import io.undertone.model.torch.dpm.Vocabulary;
import io.undertone.model.torch.llama.Adapter;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.tokenizer.Delivery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Lets the decoder hear drawn dialogues as it does in a call, through windows. */
final class DialogueListening {

  private static final int TOKENS = 1100;
  private static final int MOST_TURNS = 16;

  private final EmotionReader reader;
  private final Vocabulary vocabulary;
  private final int windowTokens;
  private final NDManager manager;

  /**
   * @param windowTokens what is read for each utterance
   */
  DialogueListening(Llama llama, Vocabulary vocabulary, int windowTokens, NDManager manager) {
    this.reader = new EmotionReader(llama, vocabulary, manager);
    this.vocabulary = vocabulary;
    this.windowTokens = windowTokens;
    this.manager = manager;
  }

  /** Draws dialogues and hears them. */
  List<HeardSequence> hear(
      DialogueSampler sampler, int dialogues, Random random, ProgressLog progress) {
    List<HeardSequence> heard = new ArrayList<>();
    for (int i = 0; i < dialogues; i++) {
      heard.add(hear(sampler.draw(TOKENS, random), random));
      progress.report("dialogues", i + 1, dialogues);
    }
    return heard;
  }

  private HeardSequence hear(List<TokenizedClip> drawn, Random random) {
    List<TokenizedClip> dialogue = drawn.subList(0, Math.min(MOST_TURNS, drawn.size()));
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
      Delivery delivery = sequence.atEnds().get(i).take().delivery();
      utterances.add(
          new HeardSequence.Utterance(states[i], logits[i], delivery, dialogue.get(i).emotion()));
    }
    return new HeardSequence(utterances);
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
