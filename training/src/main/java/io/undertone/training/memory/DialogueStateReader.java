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
import io.undertone.training.simulation.SimulatedUtterance;
import io.undertone.training.tokenizer.ClipVariant;
import io.undertone.training.tokenizer.TokenizedClip;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Reads simulated dialogues with the decoder as in a call: a window for each utterance. */
final class DialogueStateReader {

  private static final int TOKENS = 1100;
  private static final int MOST_UTTERANCES = 16;

  private final EmotionReader reader;
  private final Vocabulary vocabulary;
  private final int windowTokens;
  private final NDManager manager;

  /**
   * @param windowTokens largest number of tokens that an utterance's output is read from
   */
  DialogueStateReader(Llama llama, Vocabulary vocabulary, int windowTokens, NDManager manager) {
    this.reader = new EmotionReader(llama, vocabulary, manager);
    this.vocabulary = vocabulary;
    this.windowTokens = windowTokens;
    this.manager = manager;
  }

  /** Draws dialogues and reads them. */
  List<DialogueStates> read(
      DialogueSampler sampler, int dialogues, Random random, ProgressLog progress) {
    List<DialogueStates> states = new ArrayList<>();
    for (int i = 0; i < dialogues; i++) {
      states.add(read(sampler.draw(TOKENS, random), random));
      progress.report("dialogues", i + 1, dialogues);
    }
    return states;
  }

  private DialogueStates read(List<SimulatedUtterance> drawn, Random random) {
    List<SimulatedUtterance> dialogue = drawn.subList(0, Math.min(MOST_UTTERANCES, drawn.size()));
    List<TokenizedClip> clips = dialogue.stream().map(SimulatedUtterance::clip).toList();
    TrainingSequence sequence = TrainingSequence.whole(clips, vocabulary, random);
    float[][] states;
    float[][] logits;
    try (NDManager step = manager.newSubManager()) {
      EmotionReader.Ends ends = reader.ends(windows(sequence), Adapter.NONE, step);
      states = Rows.of(ends.states());
      logits = Rows.of(ends.logits());
    }
    List<DialogueStates.Utterance> utterances = new ArrayList<>();
    for (int i = 0; i < dialogue.size(); i++) {
      utterances.add(
          new DialogueStates.Utterance(
              states[i],
              logits[i],
              sequence.utteranceEnds().get(i).utterance().cues(),
              otherSide(dialogue.get(i), random),
              clips.get(i).emotion()));
    }
    return new DialogueStates(utterances);
  }

  /**
   * The classifier's estimate of the other side's last utterance. It is less certain than the last
   * estimate in a job, which has memory: the memory is what is trained here.
   */
  private static Optional<EmotionEstimate> otherSide(SimulatedUtterance reply, Random random) {
    return reply
        .otherSide()
        .map(
            clip -> {
              List<ClipVariant> variants = clip.variants();
              ClipVariant drawn = variants.get(random.nextInt(variants.size()));
              return EmotionEstimate.ofLogProbabilities(drawn.cues().emotions());
            });
  }

  /** The tokens up to the end of each utterance. */
  private List<int[]> windows(TrainingSequence sequence) {
    return sequence.utteranceEnds().stream()
        .map(TrainingSequence.Target::position)
        .map(
            end -> Arrays.copyOfRange(sequence.ids(), Math.max(0, end + 1 - windowTokens), end + 1))
        .toList();
  }
}
