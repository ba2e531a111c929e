package io.undertone.evaluation.dialogue;

import ai.djl.ndarray.NDManager;
import io.undertone.audio.Pcm;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.EmotionPrior;
import io.undertone.model.MemoryCodec;
import io.undertone.model.MemoryEncoding;
import io.undertone.model.torch.ModelParts;
import io.undertone.model.torch.UndertoneConfig;
import io.undertone.model.torch.device.DeviceChoice;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.memory.LiveMemory;
import io.undertone.model.torch.memory.MemoryConfig;
import io.undertone.model.torch.memory.MemoryCost;
import io.undertone.model.torch.memory.MemoryEngine;
import io.undertone.model.torch.memory.TokenLearningConfig;
import io.undertone.model.torch.memory.TokenLearningEngine;
import io.undertone.model.torch.memory.Vocabulary;
import io.undertone.model.torch.tokenizer.SpeechTokenizerLoader;
import io.undertone.model.torch.tokenizer.TokenClassifier;
import io.undertone.training.ProgressLog;
import io.undertone.training.corpus.ClipAudio;
import io.undertone.training.corpus.Dialogue;
import io.undertone.training.corpus.Turn;
import io.undertone.training.evaluation.ClipModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A model opened to evaluate dialogues and recordings. Each clip of a dialogue is tokenized once.
 */
public final class DialogueModel implements AutoCloseable {

  private final TorchDevice device;
  private final NDManager manager;
  private final ModelParts parts;
  private final ClassifierEstimates classifier;
  private final ProgressLog progress;
  private final ClipTokens tokens;
  private final ContextFreeEstimates contextFree;
  private final DialogueRunner runner;

  private DialogueModel(
      TorchDevice device,
      NDManager manager,
      ModelParts parts,
      ClassifierEstimates classifier,
      Path audio,
      ProgressLog progress) {
    this.device = device;
    this.manager = manager;
    this.parts = parts;
    this.classifier = classifier;
    this.progress = progress;
    Vocabulary vocabulary = parts.config().vocabulary();
    ClipAudio clips = new ClipAudio(audio, parts.tokenizer().sampleRateHz());
    this.tokens = new ClipTokens(parts.tokenizer(), vocabulary, clips);
    this.contextFree = new ContextFreeEstimates(parts.memory(), tokens, vocabulary);
    this.runner = new DialogueRunner(parts.context(), tokens, progress);
  }

  /**
   * Loads a model's directory.
   *
   * @param audio directory that the turns' paths are relative to
   * @param prior of the estimates
   * @throws io.undertone.model.torch.files.ModelFileException if a file is missing or invalid
   * @throws io.undertone.model.torch.device.DeviceUnavailableException if the device is not there
   */
  public static DialogueModel open(
      Path directory,
      DeviceChoice choice,
      SpeechTokenizerLoader tokenizer,
      Path audio,
      EmotionPrior prior,
      ProgressLog progress) {
    UndertoneConfig config = UndertoneConfig.read(directory);
    return TorchDevice.open(
        choice,
        (device, manager) -> {
          ModelParts parts = ModelParts.load(directory, config, tokenizer, prior, manager);
          ClassifierEstimates classifier =
              new ClassifierEstimates(
                  TokenClassifier.load(directory, parts.tokenizer().codebookSize(), manager),
                  parts.context().correction(),
                  manager);
          return new DialogueModel(device, manager, parts, classifier, audio, progress);
        });
  }

  /** The model's name. */
  public String name() {
    return parts.config().name();
  }

  /** The settings of the model's memory. */
  public MemoryConfig memory() {
    return parts.config().memory();
  }

  /** The model's memory if it learns tokens, otherwise a typical one that does. */
  public TokenLearningConfig tokenLearningMemory() {
    return parts.config().tokenLearningMemory();
  }

  /** Size of one memory's values, with the optimiser's moments. */
  public long memoryBytes(MemoryConfig memory) {
    return cost(memory).valueBytes();
  }

  private MemoryCost cost(MemoryConfig memory) {
    return memory.cost(parts.context().llama().config());
  }

  /** Size of one saved memory with the longest history. */
  public long savedBytes(MemoryConfig config, MemoryEncoding saving) {
    return run(
        runner -> {
          try (MemoryEngine engine = config.open(runner.context());
              LiveMemory memory = engine.newMemory(0)) {
            long historyBytes = (cost(config).historyTokens() - 1L) * Integer.BYTES;
            return MemoryCodec.encode(memory.snapshot(""), saving).length + historyBytes;
          }
        });
  }

  /** The duration of an evaluated turn's recording. */
  public long durationMs(Turn turn) {
    return device.call(() -> tokens.durationMs(turn.path()));
  }

  /** Runs an action on the device's owner thread. */
  public <T> T run(Function<DialogueRunner, T> action) {
    return device.call(() -> action.apply(runner));
  }

  /**
   * Estimates all turns as a job does, under the conditions {@link Conditions#UNFILTERED}, and
   * {@link Conditions#CLASSIFIER} if the model has a classifier.
   */
  public List<EvaluatedDialogue> evaluate(List<Dialogue> dialogues, MemoryPlan plan) {
    return device.call(
        () -> {
          tokens.prepare(dialogues, progress);
          contextFree.prepare(dialogues, progress);
          return recognized(dialogues, plan).stream()
              .map(dialogue -> dialogue.with(Conditions.NO_CONTEXT, contextFree.of(dialogue)))
              .map(this::classified)
              .toList();
        });
  }

  /**
   * Estimates the utterances of one channel of a call as a job does, with the model's own memory,
   * under {@link Conditions#WINDOW} and {@link Conditions#MEMORY}.
   *
   * @param id of the call, which decides the seed of the memory
   * @param utterances at the model's sample rate
   * @return estimates by condition, one per utterance
   */
  public Map<String, List<EmotionEstimate>> estimate(String id, List<Pcm> utterances) {
    return device.call(() -> new ChannelRun(parts).estimate(id, utterances));
  }

  /**
   * Estimates utterances as a job does, each as a call of its own, with the model's own memory and
   * by the classifier.
   *
   * @param utterances at the model's sample rate
   * @return one estimate per utterance
   * @throws io.undertone.model.torch.UtteranceTooShortException if one is shorter than a token
   */
  public List<ClipModel.Estimate> estimateAlone(List<Pcm> utterances) {
    return device.call(() -> new SingleUtterances(parts, classifier).estimate(utterances));
  }

  /** The sample rate of utterances. */
  public int sampleRateHz() {
    return parts.tokenizer().sampleRateHz();
  }

  private List<EvaluatedDialogue> recognized(List<Dialogue> dialogues, MemoryPlan plan) {
    if (plan.passes() == 1) {
      MemoryConfig memory = plan.memory();
      try (MemoryEngine engine = memory.open(runner.context())) {
        return runner.run(
            "turns", dialogues, memory, engine, new UtteranceRecognizer(engine, plan));
      }
    }
    TokenLearningConfig memory = plan.tokenLearning();
    try (TokenLearningEngine engine = memory.open(runner.context())) {
      TurnRecognizer last = new UtteranceRecognizer(engine, plan);
      return runner.run(
          "turns", dialogues, memory, engine, new MultiPassRecognizer(engine, plan, last));
    }
  }

  private EvaluatedDialogue classified(EvaluatedDialogue dialogue) {
    List<EmotionEstimate> estimates =
        dialogue.turns().stream()
            .flatMap(turn -> classifier.of(tokens.speech(turn.path())).stream())
            .toList();
    return estimates.isEmpty() ? dialogue : dialogue.with(Conditions.CLASSIFIER, estimates);
  }

  @Override
  public void close() {
    device.run(
        () -> {
          parts.close();
          manager.close();
        });
    device.close();
  }
}
