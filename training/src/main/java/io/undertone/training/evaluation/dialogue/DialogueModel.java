package io.undertone.training.evaluation.dialogue;

import ai.djl.ndarray.NDManager;
import io.undertone.model.MemoryCodec;
import io.undertone.model.MemoryEncoding;
import io.undertone.model.torch.ModelParts;
import io.undertone.model.torch.UndertoneConfig;
import io.undertone.model.torch.device.TorchDevice;
import io.undertone.model.torch.dpm.DynamicParameterMemory;
import io.undertone.model.torch.dpm.MemoryRecipe;
import io.undertone.model.torch.dpm.MemorySettings;
import io.undertone.model.torch.dpm.TemporaryLora;
import io.undertone.model.torch.dpm.Vocabulary;
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

  /** How the model's memory learns. */
  public MemoryRecipe memoryRecipe() {
    return parts.config().memory();
  }

  /** The size of one memory: adapters and their optimiser's moments. */
  public long memoryBytes(MemoryRecipe recipe) {
    return device.call(
        () -> {
          try (DynamicParameterMemory dpm = memory(recipe)) {
            return dpm.memoryBytes();
          }
        });
  }

  /** The size of one memory when it is saved, with as much history as it can have. */
  public long savedBytes(MemoryRecipe recipe, MemoryEncoding saving) {
    return device.call(
        () -> {
          try (DynamicParameterMemory dpm = memory(recipe);
              TemporaryLora memory = dpm.newMemory(0)) {
            long historyBytes = (recipe.historyTokens() - 1L) * Integer.BYTES;
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
          for (HeardDialogue dialogue :
              listen("turns", dialogues, plan, dpm -> new UtteranceListening(dpm, plan))) {
            heard.add(
                classified(dialogue.with(Conditions.NO_CONTEXT, alone.of(dialogue.dialogue()))));
          }
          return heard;
        });
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
          return listen(
              "turns with windows",
              dialogues,
              plan.withWindow(longest),
              dpm -> new WindowListening(dpm, plan, lengths));
        });
  }

  /** Hears with memories that learn in strides. */
  List<HeardDialogue> hearInStrides(List<Dialogue> dialogues, MemoryPlan plan, int strideTokens) {
    return device.call(
        () -> {
          tokens.prepare(dialogues, progress);
          return listen(
              "turns in strides of " + strideTokens,
              dialogues,
              plan,
              dpm -> new StrideListening(dpm, plan, strideTokens));
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
              all.add(new RefreshTwins(refresh, memory(plan.withPrefixRefresh(refresh).recipe())));
            }
            List<HeardDialogue> heard =
                listen(
                    "turns with refreshes", dialogues, plan, dpm -> new RefreshListening(dpm, all));
            Map<Integer, Drift> drifts = new LinkedHashMap<>();
            all.forEach(twins -> drifts.put(twins.refreshUtterances(), twins.drift()));
            return new Refreshed(heard, drifts);
          } finally {
            all.forEach(RefreshTwins::close);
          }
        });
  }

  private List<HeardDialogue> listen(
      String task,
      List<Dialogue> dialogues,
      MemoryPlan plan,
      Function<DynamicParameterMemory, Listening> listening) {
    try (DynamicParameterMemory dpm = memory(plan.recipe())) {
      DialogueHearing hearing = new DialogueHearing(dpm, tokens, batch(plan), progress);
      return hearing.run(task, dialogues, listening.apply(dpm));
    }
  }

  private DynamicParameterMemory memory(MemoryRecipe recipe) {
    return ModelParts.memory(directory, parts.config(), parts.llama(), recipe, manager);
  }

  /** What is read before an utterance, at the longest. */
  private static long learnedBehind(MemoryRecipe recipe) {
    return recipe instanceof MemorySettings tokens ? tokens.prefixTokens() : recipe.windowTokens();
  }

  private static int batch(MemoryPlan plan) {
    long longest = LONG_UTTERANCE_TOKENS + learnedBehind(plan.recipe());
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
