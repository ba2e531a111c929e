package io.undertone.training.evaluation.dialogue;

import ai.djl.ndarray.NDManager;
import io.undertone.model.MemoryCodec;
import io.undertone.model.MemoryEncoding;
import io.undertone.model.torch.ModelParts;
import io.undertone.model.torch.UndertoneConfig;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.memory.EngineContext;
import io.undertone.model.torch.memory.LiveMemory;
import io.undertone.model.torch.memory.MemoryConfig;
import io.undertone.model.torch.memory.MemoryCost;
import io.undertone.model.torch.memory.MemoryEngine;
import io.undertone.model.torch.memory.TokenLearningChanges;
import io.undertone.model.torch.memory.TokenLearningConfig;
import io.undertone.model.torch.memory.Vocabulary;
import io.undertone.model.torch.tokenizer.SpeechTokenizerLoader;
import io.undertone.model.torch.tokenizer.TokenClassifier;
import io.undertone.training.ProgressLog;
import io.undertone.training.corpus.ClipAudio;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A model that hears whole dialogues in different ways. Clips are turned to tokens once. */
public final class DialogueModel implements AutoCloseable {

  /** A sequence's square times its rows: the attention weights of a batch are in proportion. */
  private static final long LARGEST_UPDATE = 1L << 22;

  private static final int LARGEST_BATCH = 20;
  private static final int LONG_UTTERANCE_TOKENS = 200;

  private final TorchDevice device;
  private final NDManager manager;
  private final Path directory;
  private final ModelParts parts;
  private final ClipTokens tokens;
  private final LoneEstimates alone;
  private final Optional<TokenClassifier> classifier;
  private final ProgressLog progress;

  private DialogueModel(
      TorchDevice device,
      NDManager manager,
      Path directory,
      ModelParts parts,
      Optional<TokenClassifier> classifier,
      Path audio,
      ProgressLog progress) {
    this.device = device;
    this.manager = manager;
    this.directory = directory;
    this.parts = parts;
    this.classifier = classifier;
    this.progress = progress;
    Vocabulary vocabulary = parts.config().vocabulary();
    ClipAudio clips = new ClipAudio(audio, parts.tokenizer().sampleRateHz());
    this.tokens = new ClipTokens(parts.tokenizer(), vocabulary, clips);
    this.alone = new LoneEstimates(parts.memory(), tokens, vocabulary);
  }

  /**
   * Reads a model's directory onto the processor.
   *
   * @param audio root of the paths of the turns
   * @throws io.undertone.model.torch.files.ModelFileException if a file is missing or is not what
   *     it must be
   */
  public static DialogueModel open(
      Path directory, SpeechTokenizerLoader tokenizer, Path audio, ProgressLog progress) {
    UndertoneConfig config = UndertoneConfig.read(directory);
    TorchDevice device = TorchDevice.openCpu();
    try {
      return device.call(
          () -> {
            NDManager manager = device.newManager();
            try {
              ModelParts parts = ModelParts.load(directory, config, tokenizer, manager);
              Optional<TokenClassifier> classifier =
                  TokenClassifier.load(directory, parts.tokenizer().codebookSize(), manager);
              return new DialogueModel(
                  device, manager, directory, parts, classifier, audio, progress);
            } catch (RuntimeException e) {
              manager.close();
              throw e;
            }
          });
    } catch (RuntimeException e) {
      device.close();
      throw e;
    }
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
    return memory.cost(parts.llama().config());
  }

  /** Size of one saved memory with the longest history. */
  public long savedBytes(MemoryConfig config, MemoryEncoding saving) {
    return device.call(
        () -> {
          try (MemoryEngine engine = config.open(context());
              LiveMemory memory = engine.newMemory(0)) {
            long historyBytes = (cost(config).historyTokens() - 1L) * Integer.BYTES;
            return MemoryCodec.encode(memory.snapshot(""), saving).length + historyBytes;
          }
        });
  }

  /**
   * Hears as the product does, under the conditions {@link Conditions#PLAIN}, and {@link
   * Conditions#CLASSIFIER} if the model comes with one.
   */
  public List<HeardDialogue> hear(List<Dialogue> dialogues, MemoryPlan plan) {
    return device.call(
        () -> {
          tokens.prepare(dialogues, progress);
          alone.prepare(dialogues, progress);
          List<HeardDialogue> heard = new ArrayList<>();
          for (HeardDialogue dialogue : listenToTurns(dialogues, plan)) {
            heard.add(
                classified(dialogue.with(Conditions.NO_CONTEXT, alone.of(dialogue.dialogue()))));
          }
          return heard;
        });
  }

  private List<HeardDialogue> listenToTurns(List<Dialogue> dialogues, MemoryPlan plan) {
    String task = "turns";
    if (plan.passes() == 1) {
      MemoryConfig memory = plan.memory();
      return listen(
          task, dialogues, memory, memory::open, engine -> new UtteranceListening(engine, plan));
    }
    TokenLearningConfig memory = plan.tokenLearning();
    return listen(
        task,
        dialogues,
        memory,
        memory::open,
        engine -> new RepeatedListening(engine, plan, new UtteranceListening(engine, plan)));
  }

  private HeardDialogue classified(HeardDialogue heard) {
    return classifier
        .map(
            hears ->
                heard.with(
                    Conditions.CLASSIFIER,
                    heard.turns().stream()
                        .map(turn -> hears.estimate(tokens.speech(turn.path())))
                        .toList()))
        .orElse(heard);
  }

  /** Hears with windows of some lengths, in tokens. */
  List<HeardDialogue> hearWithWindows(
      List<Dialogue> dialogues, MemoryPlan plan, List<Integer> lengths) {
    int longest = lengths.stream().max(Integer::compare).orElseThrow();
    return device.call(
        () -> {
          tokens.prepare(dialogues, progress);
          TokenLearningConfig memory =
              plan.with(TokenLearningChanges.ofWindow(longest)).tokenLearning();
          return listen(
              "turns with windows",
              dialogues,
              memory,
              memory::open,
              engine -> new WindowListening(engine, plan, lengths));
        });
  }

  /** Hears with memories that learn in strides. */
  List<HeardDialogue> hearInStrides(List<Dialogue> dialogues, MemoryPlan plan, int strideTokens) {
    return device.call(
        () -> {
          tokens.prepare(dialogues, progress);
          TokenLearningConfig memory = plan.tokenLearning();
          return listen(
              "turns in strides of " + strideTokens,
              dialogues,
              memory,
              memory::open,
              engine -> new StrideListening(engine, plan, strideTokens));
        });
  }

  /**
   * What dialogues were heard as by memories that read their prefixes less and less often.
   *
   * @param drifts by refresh, in utterances
   */
  record Refreshed(List<HeardDialogue> heard, Map<Integer, Drift> drifts) {}

  /**
   * Hears with prefixes that are read at every so many utterances.
   *
   * @param refreshes the first is what the others are compared with
   */
  Refreshed hearWithRefreshes(List<Dialogue> dialogues, MemoryPlan plan, List<Integer> refreshes) {
    return device.call(
        () -> {
          tokens.prepare(dialogues, progress);
          List<RefreshTwins> all = new ArrayList<>();
          try {
            for (int refresh : refreshes) {
              TokenLearningChanges refreshed = TokenLearningChanges.ofPrefixRefresh(refresh);
              MemoryEngine engine = plan.with(refreshed).memory().open(context());
              all.add(new RefreshTwins(refresh, engine));
            }
            TokenLearningConfig memory = plan.tokenLearning();
            List<HeardDialogue> heard =
                listen(
                    "turns with refreshes",
                    dialogues,
                    memory,
                    memory::open,
                    engine -> new RefreshListening(engine, all, memory.windowTokens()));
            Map<Integer, Drift> drifts = new LinkedHashMap<>();
            all.forEach(twins -> drifts.put(twins.refreshUtterances(), twins.drift()));
            return new Refreshed(heard, drifts);
          } finally {
            all.forEach(RefreshTwins::close);
          }
        });
  }

  private <E extends MemoryEngine> List<HeardDialogue> listen(
      String task,
      List<Dialogue> dialogues,
      MemoryConfig memory,
      Function<EngineContext, E> open,
      Function<E, Listening> listening) {
    try (E engine = open.apply(context())) {
      DialogueHearing hearing = new DialogueHearing(engine, tokens, batch(memory), progress);
      return hearing.run(task, dialogues, listening.apply(engine));
    }
  }

  private EngineContext context() {
    return new EngineContext(directory, parts.llama(), parts.config().vocabulary(), manager);
  }

  private int batch(MemoryConfig memory) {
    long longest = LONG_UTTERANCE_TOKENS + cost(memory).contextTokens();
    return (int) Math.max(1, Math.min(LARGEST_BATCH, LARGEST_UPDATE / (longest * longest)));
  }

  @Override
  public void close() {
    device.run(
        () -> {
          classifier.ifPresent(TokenClassifier::close);
          parts.close();
          manager.close();
        });
    device.close();
  }
}
