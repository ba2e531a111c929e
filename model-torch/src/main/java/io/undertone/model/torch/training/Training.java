package io.undertone.model.torch.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.undertone.model.Emotion;
import io.undertone.model.torch.UndertoneConfig;
import io.undertone.model.torch.corpus.Clip;
import io.undertone.model.torch.corpus.ClipAudio;
import io.undertone.model.torch.corpus.Manifest;
import io.undertone.model.torch.corpus.ProgressLog;
import io.undertone.model.torch.corpus.Split;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.dpm.Foresight;
import io.undertone.model.torch.dpm.ForesightSettings;
import io.undertone.model.torch.dpm.Vocabulary;
import io.undertone.model.torch.dpm.Voice;
import io.undertone.model.torch.llama.AttentionShape;
import io.undertone.model.torch.llama.Llama;
import io.undertone.model.torch.llama.LlamaConfig;
import io.undertone.model.torch.llama.LlamaWeights;
import io.undertone.model.torch.llama.RotaryAngles;
import io.undertone.model.torch.tokenizer.Delivery;
import io.undertone.model.torch.tokenizer.EncoderConfig;
import io.undertone.model.torch.tokenizer.FrameFeatures;
import io.undertone.model.torch.tokenizer.FsqSpeechTokenizer;
import io.undertone.model.torch.tokenizer.SpeechTokens;
import io.undertone.model.torch.tokenizer.StackedFeatures;
import io.undertone.model.torch.tokenizer.TokenClassifier;
import io.undertone.model.torch.tokenizer.VoiceMeasures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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

  /** Voices in which the language model learns each clip beside the true one. */
  private static final int VARIED_TAKES = 7;

  private static final ForesightSettings MEMORY = new ForesightSettings(8, VoiceMeasures.WIDTH, 96);
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
    Files.createDirectories(work);
    Files.createDirectories(out);
    claim(work.resolve("training.txt"));
    List<Clip> all = Manifest.read(data.manifest(), data.corpora());
    ClipAudio audio = new ClipAudio(data.audio(), FrameFeatures.SAMPLE_RATE_HZ);
    FeatureStore store =
        FeatureStore.of(work.resolve("features.bin"), all, audio::read, plan.seed(), progress);
    List<Clip> clips =
        all.stream().filter(clip -> store.get(clip.path()).frames() >= FEWEST_FRAMES).toList();
    EmotionDynamics dynamics =
        data.dynamics().isPresent()
            ? EmotionDynamics.read(data.dynamics().get())
            : EmotionDynamics.sluggish();
    try (TorchDevice device = TorchDevice.openCpu()) {
      device.run(
          () -> {
            try (NDManager manager = device.newManager()) {
              if (!Files.exists(work.resolve(FsqSpeechTokenizer.WEIGHTS_FILE))) {
                trainTokenizer(manager, clips, store, work);
              }
              FsqSpeechTokenizer tokenizer = FsqSpeechTokenizer.load(work, manager);
              Optional<TokenClassifier> teacher =
                  TokenClassifier.load(work, tokenizer.codebookSize(), manager);
              trainLanguageModel(
                  manager,
                  tokenized(clips, tokenizer, teacher, store),
                  labels(clips).size(),
                  dynamics,
                  tokenizer.codebookSize(),
                  work,
                  out);
            }
          });
    }
    for (String file : List.of(FsqSpeechTokenizer.CONFIG_FILE, FsqSpeechTokenizer.WEIGHTS_FILE)) {
      Files.copy(work.resolve(file), out.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    copyClassifier(work, out);
    progress.say("model %s is in %s", plan.name(), out);
  }

  /** A tokenizer of an earlier version comes without one; another's must not stand beside it. */
  private static void copyClassifier(Path work, Path out) throws IOException {
    for (String file : List.of(TokenClassifier.CONFIG_FILE, TokenClassifier.WEIGHTS_FILE)) {
      if (Files.exists(work.resolve(file))) {
        Files.copy(work.resolve(file), out.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.deleteIfExists(out.resolve(file));
      }
    }
  }

  private void claim(Path file) throws IOException {
    String mine = data + "\n" + plan + "\n";
    if (!Files.exists(file)) {
      Files.writeString(file, mine);
    } else if (!Files.readString(file).equals(mine)) {
      throw new TrainingException(
          file.getParent() + " holds another training; delete it or name another directory");
    }
  }

  private void trainTokenizer(NDManager manager, List<Clip> clips, FeatureStore store, Path work) {
    EncoderConfig encoder = EncoderConfig.DEFAULT;
    TokenizerTraining training =
        new TokenizerTraining(
            manager,
            new TokenizerTrainingConfig(
                encoder, plan.tokenizerEpochs(), 2e-3f, 0.01f, 1, 0.15f, plan.seed()),
            store,
            labels(clips));
    training.run(of(Split.TRAIN, clips), of(Split.DEV, clips), work, progress);
    training.saveClassifier(work);
    FsqSpeechTokenizer.save(work, encoder, training.encoderWeights());
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

  /** The clips of the model's emotions; those to learn from in several takes. Not the test's. */
  private TokenizedClips tokenized(
      List<Clip> clips,
      FsqSpeechTokenizer tokenizer,
      Optional<TokenClassifier> teacher,
      FeatureStore store) {
    Random random = new Random(plan.seed());
    WantedLabels wanted = new WantedLabels(labels(clips), teacher);
    TokenizedClips tokenized = new TokenizedClips(new ArrayList<>(), new ArrayList<>());
    int done = 0;
    for (Clip clip : clips) {
      progress.report("tokens", ++done, clips.size());
      boolean serves =
          clip.split() == Split.TRAIN || (clip.split() == Split.DEV && clip.emotion().isPresent());
      if (!serves) {
        continue;
      }
      List<SpeechTokens> takes = new ArrayList<>();
      FrameFeatures said = store.get(clip.path());
      takes.add(tokens(tokenizer, said, StackedFeatures.of(said)));
      for (int take = 0; take < (clip.split() == Split.TRAIN ? VARIED_TAKES : 0); take++) {
        FrameFeatures varied = varied(clip, take, store, random);
        takes.add(tokens(tokenizer, varied, FeatureAugmentation.masked(varied, random)));
      }
      (clip.split() == Split.TRAIN ? tokenized.train() : tokenized.dev())
          .add(
              new TokenizedClip(
                  clip.speaker(), clip.emotion(), wanted.of(TokenizerTraining.label(clip), takes)));
    }
    return tokenized;
  }

  private static SpeechTokens tokens(
      FsqSpeechTokenizer tokenizer, FrameFeatures said, StackedFeatures heard) {
    return new SpeechTokens(
        tokenizer.encode(heard), tokenizer.frameRateHz(), Delivery.ofVoice(VoiceMeasures.of(said)));
  }

  /**
   * A take in one of the speaker's virtual voices, every second one behind one of their lines: all
   * clips of a speaker sound alike in a take.
   */
  private FrameFeatures varied(Clip clip, int take, FeatureStore store, Random random) {
    VirtualVoice voice =
        VirtualVoice.draw(new Random(plan.seed() ^ Objects.hash(clip.speaker(), take)));
    FrameFeatures heard =
        take % 2 == 0
            ? store.get(clip.path())
            : store.behind(take / 2 % FeatureStore.LINES, clip.path());
    return FeatureAugmentation.vary(heard, voice, random);
  }

  private record TokenizedClips(List<TokenizedClip> train, List<TokenizedClip> dev) {}

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
      Voice voice = VoiceFit.of(clips.train(), MEMORY.voiceWidth(), manager);
      trainMemory(manager, clips, dynamics, weights, vocabulary, voice, work).save(out);
      voice.save(out);
      weights.save(out);
    }
    new UndertoneConfig(plan.name(), vocabulary, MEMORY).write(out);
  }

  /** Changes the emotions' rows of the head, too. */
  private Foresight trainMemory(
      NDManager manager,
      TokenizedClips clips,
      EmotionDynamics dynamics,
      LlamaWeights weights,
      Vocabulary vocabulary,
      Voice voice,
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
    return new ForesightTraining(manager, MEMORY, width, Optional.of(voice), plan.seed())
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
