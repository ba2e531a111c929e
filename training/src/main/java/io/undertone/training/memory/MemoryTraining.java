package io.undertone.training.memory;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.device.Backward;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.llama.LlamaWeights;
import io.undertone.model.torch.memory.Vocabulary;
import io.undertone.model.torch.memory.speaker.HeadAdapter;
import io.undertone.model.torch.memory.speaker.SpeakerMemoryConfig;
import io.undertone.model.torch.memory.speaker.VoiceModel;
import io.undertone.training.ProgressLog;
import io.undertone.training.simulation.DialogueSampler;
import io.undertone.training.simulation.EmotionDynamics;
import io.undertone.training.tokenizer.TokenizedClip;
import io.undertone.training.tokenizer.TokenizedClips;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The memory stage: voice model, emotion rows of the head, head adapter. */
public final class MemoryTraining {

  private static final int TRAIN_DIALOGUES_PER_ROUND = 60;
  private static final int DEV_DIALOGUES_PER_ROUND = 12;

  private final NDManager manager;
  private final SpeakerMemoryConfig config;
  private final EmotionDynamics dynamics;
  private final int rounds;
  private final long seed;
  private final ProgressLog progress;

  public MemoryTraining(
      NDManager manager,
      SpeakerMemoryConfig config,
      EmotionDynamics dynamics,
      int rounds,
      long seed,
      ProgressLog progress) {
    this.manager = manager;
    this.config = config;
    this.dynamics = dynamics;
    this.rounds = rounds;
    this.seed = seed;
    this.progress = progress;
  }

  /**
   * Trains and writes what all memories of the model share, and changes the emotion rows of the
   * decoder's head.
   *
   * @param work directory of the checkpoints
   * @param out directory of the model
   */
  public void run(
      TokenizedClips clips, LlamaWeights decoder, Vocabulary vocabulary, Path work, Path out) {
    VoiceModel voice = VoiceFit.of(clips.train(), clips.everyday(), config.voiceWidth(), manager);
    DialogueStateReader reader =
        new DialogueStateReader(new Llama(decoder), vocabulary, config.windowTokens(), manager);
    Random random = new Random(seed);
    List<DialogueStates> train =
        states(reader, clips.train(), rounds * TRAIN_DIALOGUES_PER_ROUND, random);
    List<DialogueStates> dev =
        DialogueSampler.canDraw(clips.dev())
            ? states(reader, clips.dev(), rounds * DEV_DIALOGUES_PER_ROUND, random)
            : List.of();
    int width = decoder.config().width();
    NDArray change =
        new EmotionHeadTraining(manager, width, seed).run(train, dev, rounds, work, progress);
    decoder.addToHead(vocabulary.emotions(), change);
    HeadAdapter adapter =
        new HeadAdapterTraining(
                manager, config, width, dynamics, Optional.of(voice), seed, new Backward())
            .run(changed(train, change), changed(dev, change), rounds, work, progress);
    adapter.save(out);
    voice.save(out);
  }

  private List<DialogueStates> states(
      DialogueStateReader reader, List<TokenizedClip> clips, int dialogues, Random random) {
    return reader.read(new DialogueSampler(clips, dynamics), dialogues, random, progress);
  }

  private static List<DialogueStates> changed(List<DialogueStates> dialogues, NDArray change) {
    float[] values = change.toFloatArray();
    return dialogues.stream().map(dialogue -> dialogue.withHeadChange(values)).toList();
  }
}
