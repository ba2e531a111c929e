package io.undertone.model.torch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.model.Emotion;
import io.undertone.model.EmotionPrior;
import io.undertone.model.torch.files.JsonObject;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.memory.LogitCorrection;
import io.undertone.model.torch.memory.MemoryConfig;
import io.undertone.model.torch.memory.TokenLearningConfig;
import io.undertone.model.torch.memory.Vocabulary;
import io.undertone.model.torch.memory.lora.LoraMemoryConfig;
import io.undertone.model.torch.memory.speaker.SpeakerMemoryConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * {@code undertone.json}: the settings of a model directory. All fields are required unless marked
 * optional, and unknown fields are refused:
 *
 * <pre>{@code
 * {
 *   "schema": 1,
 *   "name": "undertone-small",
 *   "vocabulary": {
 *     "audioStart": 0,              optional; the first speech token
 *     "audioTokens": 1000,          speech tokens are 0 to 999
 *     "audioEnd": 1000, "bos": 1005, "pad": 1006,
 *     "emotions": {"hap": 1001, "sad": 1002, "ang": 1003, "neu": 1004}
 *   },
 *   "memory": {
 *     "learns": "tokens",           optional
 *     "rank": 8, "alpha": 8,
 *     "targets": ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"],
 *     "optimizer": "adamw",         optional; or "sgd" or "sign", without beta1, beta2 and epsilon
 *     "learningRate": 0.001, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-7, "weightDecay": 0,
 *     "prefixTokens": 256,          an utterance is learned after this many tokens
 *     "windowTokens": 256,          the emotion is read from this many tokens
 *     "prefixRefreshUtterances": 1  optional; the prefix is read again at every k-th utterance, and
 *                                   its keys and values are reused at the others
 *   },
 *   "prior": {"hap": 0.25, "sad": 0.25, "ang": 0.25, "neu": 0.25},
 *                                   optional; the prior that the model was trained with
 *   "temperature": 1.0              optional; estimates are made from logits divided by it
 * }
 * }</pre>
 *
 * <p>A memory of the speaker has other settings, and parameters in {@code foresight.safetensors}:
 *
 * <pre>{@code
 * "memory": {
 *   "learns": "estimates",
 *   "rank": 8,
 *   "voiceWidth": 68,             optional; needs voice.safetensors and the token classifier
 *   "windowTokens": 96,
 *   "decoderWeight": 0.1,         optional; the weights of EvidenceWeights
 *   "classifierWeight": 0.4       optional
 * }
 * }</pre>
 *
 * @param name display name
 * @param prior that the model was trained with
 * @param temperature of the logits, above 0
 */
public record UndertoneConfig(
    String name,
    Vocabulary vocabulary,
    MemoryConfig memory,
    EmotionPrior prior,
    double temperature) {

  /** Name of the file in a model directory. */
  public static final String FILE = "undertone.json";

  private static final int SCHEMA = 1;
  private static final List<String> EMOTIONS =
      Arrays.stream(Emotion.values()).map(Emotion::shortName).toList();
  private static final String PRIOR = "prior";
  private static final String TEMPERATURE = "temperature";
  private static final List<String> FIELDS =
      List.of("schema", "name", "vocabulary", "memory", PRIOR, TEMPERATURE);
  private static final String AUDIO_START = "audioStart";
  private static final List<String> VOCABULARY_FIELDS =
      List.of(AUDIO_START, "audioTokens", "audioEnd", "bos", "pad", "emotions");
  private static final String LEARNS = "learns";

  /** A model that was trained with a uniform prior, and whose logits stay as they are. */
  public UndertoneConfig(String name, Vocabulary vocabulary, MemoryConfig memory) {
    this(name, vocabulary, memory, EmotionPrior.UNIFORM, 1);
  }

  /**
   * @throws IllegalArgumentException if the temperature is not above 0
   */
  public UndertoneConfig {
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "temperature must be above 0 and finite, but is " + temperature);
    }
  }

  /** Reads the file of a model directory; a {@link ModelFileException} names field and value. */
  public static UndertoneConfig read(Path directory) {
    JsonObject json = JsonObject.read(directory.resolve(FILE));
    if (json.integer("schema", 0) != SCHEMA) {
      throw json.wrong("schema", "be " + SCHEMA);
    }
    json.refuseOthersThan(FIELDS);
    try {
      return new UndertoneConfig(
          json.text("name"),
          vocabulary(json.object("vocabulary")),
          memory(json.object("memory")),
          json.has(PRIOR) ? prior(json.object(PRIOR)) : EmotionPrior.UNIFORM,
          json.has(TEMPERATURE) ? json.number(TEMPERATURE) : 1);
    } catch (IllegalArgumentException e) {
      throw new ModelFileException(json.file(), e);
    }
  }

  private static Vocabulary vocabulary(JsonObject json) {
    json.refuseOthersThan(VOCABULARY_FIELDS);
    JsonObject emotions = json.object("emotions");
    emotions.refuseOthersThan(EMOTIONS);
    return new Vocabulary(
        json.has(AUDIO_START) ? json.integer(AUDIO_START, 0) : 0,
        json.integer("audioTokens", 1),
        json.integer("audioEnd", 0),
        json.integer("bos", 0),
        json.integer("pad", 0),
        Arrays.stream(Emotion.values())
            .map(emotion -> emotions.integer(emotion.shortName(), 0))
            .toList());
  }

  private static EmotionPrior prior(JsonObject json) {
    json.refuseOthersThan(EMOTIONS);
    return EmotionPrior.of(EMOTIONS.stream().mapToDouble(json::number).toArray());
  }

  private static MemoryConfig memory(JsonObject json) {
    String learns = json.has(LEARNS) ? json.text(LEARNS) : LoraMemoryConfig.LEARNS;
    return switch (learns) {
      case LoraMemoryConfig.LEARNS -> LoraMemoryConfig.read(json);
      case SpeakerMemoryConfig.LEARNS -> SpeakerMemoryConfig.read(json);
      default -> throw json.wrong(LEARNS, "be tokens or estimates");
    };
  }

  /** The model's memory if it learns tokens, otherwise a typical one that does. */
  public TokenLearningConfig tokenLearningMemory() {
    return memory.tokenLearning().orElse(LoraMemoryConfig.TYPICAL);
  }

  /** Corrects estimates for the prior of the calls. */
  public LogitCorrection correction(EmotionPrior ofCalls) {
    return new LogitCorrection(temperature, prior, ofCalls);
  }

  /** Writes the file into an existing directory. */
  public void write(Path directory) {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode json = mapper.createObjectNode();
    json.put("schema", SCHEMA).put("name", name);
    ObjectNode tokens = json.putObject("vocabulary");
    if (vocabulary.audioStart() != 0) {
      tokens.put(AUDIO_START, vocabulary.audioStart());
    }
    tokens.put("audioTokens", vocabulary.audioTokens()).put("audioEnd", vocabulary.audioEnd());
    tokens.put("bos", vocabulary.bos()).put("pad", vocabulary.pad());
    ObjectNode emotions = tokens.putObject("emotions");
    for (Emotion emotion : Emotion.values()) {
      emotions.put(emotion.shortName(), vocabulary.tokenOf(emotion));
    }
    json.set("memory", mapper.valueToTree(memory.settings()));
    if (!prior.equals(EmotionPrior.UNIFORM)) {
      ObjectNode priors = json.putObject(PRIOR);
      for (Emotion emotion : Emotion.values()) {
        priors.put(emotion.shortName(), prior.probability(emotion));
      }
    }
    if (temperature != 1) {
      json.put(TEMPERATURE, temperature);
    }
    try {
      Files.writeString(directory.resolve(FILE), json.toPrettyString() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
