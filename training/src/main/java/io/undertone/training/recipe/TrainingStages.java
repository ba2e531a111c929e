package io.undertone.training.recipe;

import ai.djl.ndarray.NDManager;
import io.undertone.model.Emotion;
import io.undertone.model.EmotionPrior;
import io.undertone.model.torch.UndertoneConfig;
import io.undertone.model.torch.llama.LlamaWeights;
import io.undertone.model.torch.memory.Vocabulary;
import io.undertone.model.torch.memory.speaker.EvidenceWeights;
import io.undertone.model.torch.memory.speaker.SpeakerMemoryConfig;
import io.undertone.training.ProgressLog;
import io.undertone.training.corpus.Split;
import io.undertone.training.decoder.DecoderTraining;
import io.undertone.training.decoder.DecoderTrainingConfig;
import io.undertone.training.memory.MemoryTraining;
import io.undertone.training.simulation.DialogueSampler;
import io.undertone.training.simulation.EmotionDynamics;
import io.undertone.training.tokenizer.ClipTokenizer;
import io.undertone.training.tokenizer.CrossFit;
import io.undertone.training.tokenizer.TokenizedClips;
import io.undertone.training.tokenizer.TokenizerStage;
import io.undertone.training.tokenizer.TrainedTokenizer;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** The stages on the device: tokenizer, decoder, memory. Runs on the device's owner thread. */
final class TrainingStages {

  private static final int MEMORY_RANK = 8;
  private static final int MEMORY_WINDOW_TOKENS = 96;

  /** Chosen with {@code VoiceFit}'s weight on dev dialogues and on corpora that were left out. */
  private static final EvidenceWeights MEMORY_WEIGHTS = new EvidenceWeights(0.1, 0.4);

  private final TrainingPlan plan;
  private final EmotionDynamics dynamics;
  private final NDManager manager;
  private final Path work;
  private final ProgressLog progress;

  TrainingStages(
      TrainingPlan plan,
      EmotionDynamics dynamics,
      NDManager manager,
      Path work,
      ProgressLog progress) {
    this.plan = plan;
    this.dynamics = dynamics;
    this.manager = manager;
    this.work = work;
    this.progress = progress;
  }

  /** Runs the stages and writes the model. */
  void run(TrainingFeatures features, Path out) {
    TokenizerStage stage = features.stage(manager, plan.seed(), progress);
    TrainedTokenizer tokenizer =
        stage.run(features.of(Split.TRAIN), features.of(Split.DEV), plan.tokenizerEpochs(), work);
    TokenizedClips tokenized = tokenized(features, stage, tokenizer);
    Vocabulary vocabulary = vocabulary(tokenizer.network().codebookSize());
    SpeakerMemoryConfig memory = memory(features.voiceWidth());
    int labels = stage.targets().labels().size();
    int[] levels = tokenizer.network().config().levels();
    DecoderTrainingConfig config =
        DecoderTrainingConfig.small(vocabulary, levels, labels, plan.decoderSteps(), plan.seed());
    try (LlamaWeights decoder = decoder(tokenized, config, vocabulary)) {
      new MemoryTraining(manager, memory, dynamics, plan.memoryRounds(), plan.seed(), progress)
          .run(tokenized, decoder, vocabulary, work, out);
      decoder.save(out);
    }
    TrainedTokenizer.copy(work, out);
    new UndertoneConfig(plan.name(), vocabulary, memory, EmotionPrior.UNIFORM, plan.temperature())
        .write(out);
  }

  /** Memories know the values of the voice and the classifier's log-probabilities. */
  private static SpeakerMemoryConfig memory(int voiceWidth) {
    return new SpeakerMemoryConfig(
        MEMORY_RANK, voiceWidth + Emotion.values().length, MEMORY_WINDOW_TOKENS, MEMORY_WEIGHTS);
  }

  private TokenizedClips tokenized(
      TrainingFeatures features, TokenizerStage stage, TrainedTokenizer tokenizer) {
    CrossFit crossFit =
        CrossFit.of(
            stage, features.of(Split.TRAIN), features.of(Split.DEV), plan.tokenizerEpochs(), work);
    return new ClipTokenizer(tokenizer, crossFit, stage.targets(), features.store())
        .tokenize(features.clips(), progress);
  }

  private LlamaWeights decoder(
      TokenizedClips clips, DecoderTrainingConfig config, Vocabulary vocabulary) {
    return new DecoderTraining(manager, config, vocabulary)
        .run(new DialogueSampler(clips.train(), dynamics), clips.dev(), work, progress);
  }

  /** The codebook, then {@code <audio_end>}, the emotions, {@code <bos>}, {@code <pad>}. */
  private static Vocabulary vocabulary(int codebook) {
    int emotions = Emotion.values().length;
    return new Vocabulary(
        codebook,
        codebook,
        codebook + 1 + emotions,
        codebook + 2 + emotions,
        IntStream.rangeClosed(codebook + 1, codebook + emotions).boxed().toList());
  }
}
