package io.undertone.training.recipe;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.undertone.model.Emotion;
import io.undertone.model.torch.UndertoneConfig;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.features.FrameFeatures;
import io.undertone.model.torch.features.VoiceMeasures;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.llama.LlamaWeights;
import io.undertone.model.torch.llama.config.AttentionShape;
import io.undertone.model.torch.llama.config.LlamaConfig;
import io.undertone.model.torch.llama.config.RotaryAngles;
import io.undertone.model.torch.memory.Vocabulary;
import io.undertone.model.torch.memory.speaker.HeadAdapter;
import io.undertone.model.torch.memory.speaker.SpeakerMemoryConfig;
import io.undertone.model.torch.memory.speaker.VoiceModel;
import io.undertone.model.torch.tokenizer.EncoderConfig;
import io.undertone.training.ProgressLog;
import io.undertone.training.TrainingException;
import io.undertone.training.corpus.Clip;
import io.undertone.training.corpus.ClipAudio;
import io.undertone.training.corpus.Split;
import io.undertone.training.decoder.SllmTraining;
import io.undertone.training.decoder.SllmTrainingConfig;
import io.undertone.training.features.FeatureStore;
import io.undertone.training.memory.DialogueListening;
import io.undertone.training.memory.EmotionHeadTraining;
import io.undertone.training.memory.ForesightTraining;
import io.undertone.training.memory.HeardSequence;
import io.undertone.training.memory.VoiceFit;
import io.undertone.training.simulation.DialogueSampler;
import io.undertone.training.simulation.EmotionDynamics;
import io.undertone.training.tokenizer.CrossFit;
import io.undertone.training.tokenizer.Hearing;
import io.undertone.training.tokenizer.HearingTraining;
import io.undertone.training.tokenizer.TokenizedClips;
import io.undertone.training.tokenizer.TokenizerTraining;
import io.undertone.training.tokenizer.WantedLabels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes a model directory from labelled clips, in four stages: features, speech tokenizer, speech
 * language model, memory. What a stage has finished is kept in the working directory, so that a run
 * that was stopped goes on with the stage in which it was.
 */
public final class Training {

  /** Clips below 0.4 s say too little. */
  private static final int FEWEST_FRAMES = 40;

  /** Memories know the voice, and how its emotions are heard. */
  private static final SpeakerMemoryConfig MEMORY =
      new SpeakerMemoryConfig(8, VoiceMeasures.WIDTH + Emotion.values().length, 96);

  private static final int TRAIN_DIALOGUES_PER_ROUND = 60;
  private static final int DEV_DIALOGUES_PER_ROUND = 12;

  private final TrainingData data;
  private final TrainingPlan plan;
  private final ProgressLog progress;

  public Training(TrainingData data, TrainingPlan plan, ProgressLog progress) {
    this.data = data;
    this.plan = plan;
    this.progress = progress;
  }

  /**
   * Runs what is left to do.
   *
   * @param work directory for what is kept between runs
   * @param out the model's directory
   * @throws TrainingException if the data cannot serve, or {@code work} holds another training
   */
  public void run(Path work, Path out) throws IOException {
    List<Clip> all = data.clips();
    EmotionDynamics dynamics = data.emotionDynamics();
    Files.createDirectories(work);
    Files.createDirectories(out);
    claim(work.resolve("training.txt"));
    if (all.stream().noneMatch(clip -> clip.split() == Split.DEV && clip.emotion().isPresent())) {
      progress.say("no development clips: of each stage the last round is kept");
    }
    ClipAudio audio = new ClipAudio(data.audio(), FrameFeatures.SAMPLE_RATE_HZ);
    FeatureStore store =
        FeatureStore.of(work.resolve("features.bin"), all, audio::read, plan.seed(), progress);
    List<Clip> clips =
        all.stream().filter(clip -> store.get(clip.path()).frames() >= FEWEST_FRAMES).toList();
    data.requireServing(clips);
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              List<String> labels = labels(clips);
              HearingTraining training =
                  new HearingTraining(manager, store, labels, plan.seed(), progress);
              List<Clip> train = of(Split.TRAIN, clips);
              List<Clip> dev = of(Split.DEV, clips);
              Hearing hearing = training.run(train, dev, plan.tokenizerEpochs(), work);
              TokenizedClips tokenized =
                  TokenizedClips.of(
                      clips,
                      hearing,
                      CrossFit.of(training, train, dev, plan.tokenizerEpochs(), work),
                      new WantedLabels(labels, hearing.classifier()),
                      store,
                      plan.seed(),
                      progress);
              trainLanguageModel(
                  manager,
                  tokenized,
                  labels.size(),
                  dynamics,
                  hearing.tokenizer().codebookSize(),
                  work,
                  out);
            }
          });
    }
    for (String file : Hearing.FILES) {
      Files.copy(work.resolve(file), out.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    progress.say("model %s is in %s", plan.name(), out);
  }

  private void claim(Path file) throws IOException {
    String mine = data.fingerprint() + "\n" + plan + "\n";
    if (!Files.exists(file)) {
      Files.writeString(file, mine);
    } else if (!Files.readString(file).equals(mine)) {
      throw new TrainingException(
          file.getParent()
              + " holds another training, or one of files that have changed;"
              + " delete it or name another directory");
    }
  }

  /** The model's emotions first, then whatever else the clips are labelled with. */
  private static List<String> labels(List<Clip> clips) {
    return Stream.concat(
            Arrays.stream(Emotion.values()).map(Emotion::shortName),
            clips.stream()
                .filter(clip -> clip.emotion().isEmpty())
                .map(TokenizerTraining::label)
                .distinct()
                .sorted())
        .toList();
  }

  private static List<Clip> of(Split split, List<Clip> clips) {
    return clips.stream().filter(clip -> clip.split() == split).toList();
  }

  private void trainLanguageModel(
      NDManager manager,
      TokenizedClips clips,
      int labels,
      EmotionDynamics dynamics,
      int codebook,
      Path work,
      Path out) {
    Vocabulary vocabulary = vocabulary(codebook);
    LlamaConfig model =
        new LlamaConfig(
            vocabulary.size(),
            192,
            4,
            512,
            new AttentionShape(6, 6, 32),
            new RotaryAngles(10_000, 1),
            1e-5,
            false);
    SllmTraining training =
        new SllmTraining(
            manager,
            new SllmTrainingConfig(
                model,
                EncoderConfig.DEFAULT.levels(),
                labels,
                plan.languageModelSteps(),
                100,
                512,
                8,
                1.5e-3f,
                0.05f,
                0.08f,
                0.15f,
                plan.seed()),
            vocabulary);
    DialogueSampler dialogues = new DialogueSampler(clips.train(), dynamics);
    try (LlamaWeights weights = training.run(dialogues, clips.dev(), work, progress)) {
      VoiceModel voice = VoiceFit.of(clips.train(), MEMORY.voiceWidth(), manager);
      trainMemory(manager, clips, dynamics, weights, vocabulary, voice, work).save(out);
      voice.save(out);
      weights.save(out);
    }
    new UndertoneConfig(plan.name(), vocabulary, MEMORY).write(out);
  }

  /** Changes the emotions' rows of the head, too. */
  private HeadAdapter trainMemory(
      NDManager manager,
      TokenizedClips clips,
      EmotionDynamics dynamics,
      LlamaWeights weights,
      Vocabulary vocabulary,
      VoiceModel voice,
      Path work) {
    DialogueListening listening =
        new DialogueListening(new Llama(weights), vocabulary, MEMORY.windowTokens(), manager);
    Random random = new Random(plan.seed());
    List<HeardSequence> train =
        listening.hear(
            new DialogueSampler(clips.train(), dynamics),
            plan.memoryRounds() * TRAIN_DIALOGUES_PER_ROUND,
            random,
            progress);
    List<HeardSequence> dev =
        DialogueSampler.canDraw(clips.dev())
            ? listening.hear(
                new DialogueSampler(clips.dev(), dynamics),
                plan.memoryRounds() * DEV_DIALOGUES_PER_ROUND,
                random,
                progress)
            : List.of();
    int width = weights.config().width();
    NDArray change =
        new EmotionHeadTraining(manager, width, plan.seed())
            .run(train, dev, plan.memoryRounds(), work, progress);
    weights.addToHead(vocabulary.emotions(), change);
    float[] changed = change.toFloatArray();
    return new ForesightTraining(manager, MEMORY, width, dynamics, Optional.of(voice), plan.seed())
        .run(
            train.stream().map(dialogue -> dialogue.with(changed)).toList(),
            dev.stream().map(dialogue -> dialogue.with(changed)).toList(),
            plan.memoryRounds(),
            work,
            progress);
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
