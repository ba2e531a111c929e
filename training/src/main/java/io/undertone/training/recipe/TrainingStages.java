package io.undertone.training.recipe;

import ai.djl.ndarray.NDManager;
import io.undertone.model.Emotion;
import io.undertone.model.torch.UndertoneConfig;
import io.undertone.model.torch.features.VoiceMeasures;
import io.undertone.model.torch.llama.LlamaWeights;
import io.undertone.model.torch.memory.Vocabulary;
import io.undertone.model.torch.memory.speaker.SpeakerMemoryConfig;
import io.undertone.training.ProgressLog;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.Split;
import io.undertone.training.decoder.DecoderTraining;
import io.undertone.training.decoder.DecoderTrainingConfig;
import io.undertone.training.features.ClipFeatures;
import io.undertone.training.memory.MemoryTraining;
import io.undertone.training.simulation.DialogueSampler;
import io.undertone.training.simulation.EmotionDynamics;
import io.undertone.training.tokenizer.ClipTokenizer;
import io.undertone.training.tokenizer.CrossFit;
import io.undertone.training.tokenizer.SoftTargets;
import io.undertone.training.tokenizer.TokenizedClips;
import io.undertone.training.tokenizer.TokenizerStage;
import io.undertone.training.tokenizer.TrainedTokenizer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The stages on the device: tokenizer, decoder, memory. Runs on the device's owner thread. */
final class TrainingStages {

  /** Memories know voice measures and the classifier's log-probabilities. */
  private static final SpeakerMemoryConfig MEMORY =
      new SpeakerMemoryConfig(8, VoiceMeasures.WIDTH + Emotion.values().length, 96);

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
  void run(List<Clip> clips, ClipFeatures features, Path out) {
    List<String> labels = labels(clips);
    TokenizerStage stage = new TokenizerStage(manager, features, labels, plan.seed(), progress);
    TrainedTokenizer tokenizer =
        stage.run(of(Split.TRAIN, clips), of(Split.DEV, clips), plan.tokenizerEpochs(), work);
    TokenizedClips tokenized = tokenized(clips, features, stage, tokenizer);
    Vocabulary vocabulary = vocabulary(tokenizer.tokenizer().codebookSize());
    try (LlamaWeights decoder = decoder(tokenized, labels.size(), vocabulary)) {
      new MemoryTraining(manager, MEMORY, dynamics, plan.memoryRounds(), plan.seed(), progress)
          .run(tokenized, decoder, vocabulary, work, out);
      decoder.save(out);
    }
    TrainedTokenizer.copy(work, out);
    new UndertoneConfig(plan.name(), vocabulary, MEMORY).write(out);
  }

  private TokenizedClips tokenized(
      List<Clip> clips, ClipFeatures features, TokenizerStage stage, TrainedTokenizer tokenizer) {
    CrossFit crossFit =
        CrossFit.of(
            stage, of(Split.TRAIN, clips), of(Split.DEV, clips), plan.tokenizerEpochs(), work);
    SoftTargets targets = new SoftTargets(stage.labels(), tokenizer.classifier());
    return new ClipTokenizer(tokenizer, crossFit, targets, features)
        .tokenize(clips, new Random(plan.seed()), progress);
  }

  private LlamaWeights decoder(TokenizedClips clips, int labels, Vocabulary vocabulary) {
    DecoderTrainingConfig config =
        DecoderTrainingConfig.small(vocabulary, labels, plan.decoderSteps(), plan.seed());
    return new DecoderTraining(manager, config, vocabulary)
        .run(new DialogueSampler(clips.train(), dynamics), clips.dev(), work, progress);
  }

  /** The model's emotions first, then the other labels of the clips. */
  private static List<String> labels(List<Clip> clips) {
    return Stream.concat(
            Arrays.stream(Emotion.values()).map(Emotion::shortName),
            clips.stream()
                .filter(clip -> clip.emotion().isEmpty())
                .map(Clip::trainingLabel)
                .distinct()
                .sorted())
        .toList();
  }

  private static List<Clip> of(Split split, List<Clip> clips) {
    return clips.stream().filter(clip -> clip.split() == split).toList();
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
