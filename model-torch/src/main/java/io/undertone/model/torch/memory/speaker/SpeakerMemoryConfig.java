package io.undertone.model.torch.memory.speaker;

import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.files.JsonObject;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.llama.config.LlamaConfig;
import io.undertone.model.torch.memory.EngineContext;
import io.undertone.model.torch.memory.MemoryConfig;
import io.undertone.model.torch.memory.MemoryCost;
import io.undertone.model.torch.memory.TokenLearningConfig;
import io.undertone.model.torch.tokenizer.SpeechTokenizer;
import io.undertone.model.torch.tokenizer.TokenClassifier;
import io.undertone.model.torch.tokenizer.UtteranceClassifier;
import io.undertone.model.torch.tokenizer.UtteranceHead;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The settings of a {@link SpeakerMemoryEngine}.
 *
 * @param rank of the {@link HeadAdapter}
 * @param voiceWidth number of voice cues that the {@link VoiceModel} reads: the tokenizer's voice
 *     cues and a log-probability for each emotion; 0 for a memory without a voice model
 * @param windowTokens number of tokens that the decoder reads for an estimate
 * @param weights of the logits of utterances with voice cues
 */
public record SpeakerMemoryConfig(
    int rank, int voiceWidth, int windowTokens, EvidenceWeights weights) implements MemoryConfig {

  /** The value of {@code learns} in {@code undertone.json}. */
  public static final String LEARNS = "estimates";

  private static final String VOICE_WIDTH = "voiceWidth";
  private static final List<String> FIELDS =
      Stream.concat(
              Stream.of("learns", "rank", VOICE_WIDTH, "windowTokens"),
              EvidenceWeights.FIELDS.stream())
          .toList();

  public SpeakerMemoryConfig {
    requireAtLeast(0, VOICE_WIDTH, voiceWidth);
    requireAtLeast(1, "rank", rank);
    requireAtLeast(1, "windowTokens", windowTokens);
  }

  /** With the default weights. */
  public SpeakerMemoryConfig(int rank, int voiceWidth, int windowTokens) {
    this(rank, voiceWidth, windowTokens, EvidenceWeights.DEFAULT);
  }

  private static void requireAtLeast(int minimum, String name, int value) {
    if (value < minimum) {
      throw new IllegalArgumentException(
          "%s must be at least %d, but is %d".formatted(name, minimum, value));
    }
  }

  /** Reads the fields of {@link #settings}. */
  public static SpeakerMemoryConfig read(JsonObject json) {
    json.refuseOthersThan(FIELDS);
    return new SpeakerMemoryConfig(
        json.integer("rank", 1),
        json.has(VOICE_WIDTH) ? json.integer(VOICE_WIDTH, 1) : 0,
        json.integer("windowTokens", 1),
        EvidenceWeights.read(json));
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("learns", LEARNS);
    settings.put("rank", rank);
    if (voiceWidth > 0) {
      settings.put(VOICE_WIDTH, voiceWidth);
    }
    settings.put("windowTokens", windowTokens);
    if (!weights.equals(EvidenceWeights.DEFAULT)) {
      settings.putAll(weights.settings());
    }
    return settings;
  }

  @Override
  public MemoryCost cost(LlamaConfig decoder) {
    long valueBytes = (long) Float.BYTES * new SpeakerStateLayout(this).size();
    return new MemoryCost(0, valueBytes, 0, windowTokens, OptionalInt.empty());
  }

  @Override
  public SpeechTokenizer withCues(SpeechTokenizer tokenizer, Path directory, NDManager manager) {
    if (voiceWidth == 0) {
      return tokenizer;
    }
    UtteranceClassifier classifier =
        UtteranceClassifier.load(
                directory, tokenizer.codebookSize(), tokenizer.voiceWidth(), manager)
            .orElseThrow(
                () ->
                    new ModelFileException(
                        directory.resolve(TokenClassifier.CONFIG_FILE),
                        "must exist for a memory with voiceWidth " + voiceWidth));
    SpeechTokenizer classified = new ClassifiedTokenizer(tokenizer, classifier);
    if (classified.voiceWidth() != voiceWidth) {
      String without =
          classifier.head().isPresent() ? "" : " without " + UtteranceHead.WEIGHTS_FILE;
      throw new IllegalArgumentException(
          "memory.voiceWidth must be the number of voice cues and emotions, %d%s, but is %d"
              .formatted(classified.voiceWidth(), without, voiceWidth));
    }
    return classified;
  }

  @Override
  public SpeakerMemoryEngine open(EngineContext context) {
    return new SpeakerMemoryEngine(
        this,
        context,
        manager ->
            SpeakerModel.load(
                context.directory(), this, context.llama().config().width(), manager));
  }

  @Override
  public Optional<TokenLearningConfig> tokenLearning() {
    return Optional.empty();
  }
}
