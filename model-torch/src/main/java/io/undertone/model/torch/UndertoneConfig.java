package io.undertone.model.torch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.model.Emotion;
import io.undertone.model.torch.dpm.AdamW;
import io.undertone.model.torch.dpm.Foresight;
import io.undertone.model.torch.dpm.ForesightSettings;
import io.undertone.model.torch.dpm.GradientDescent;
import io.undertone.model.torch.dpm.MemoryRecipe;
import io.undertone.model.torch.dpm.MemorySettings;
import io.undertone.model.torch.dpm.OptimizerSettings;
import io.undertone.model.torch.dpm.Vocabulary;
import io.undertone.model.torch.files.JsonObject;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.llama.Projection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code undertone.json}: what a model directory must say beside its weights. All fields must be
 * given but those that may be left out, and no others:
 *
 * <pre>{@code
 * {
 *   "schema": 1,
 *   "name": "undertone-small",
 *   "vocabulary": {
 *     "audioTokens": 1000,          speech tokens are 0 to 999
 *     "audioEnd": 1000, "bos": 1005, "pad": 1006,
 *     "emotions": {"hap": 1001, "sad": 1002, "ang": 1003, "neu": 1004}
 *   },
 *   "memory": {
 *     "learns": "tokens",           may be left out
 *     "rank": 8, "alpha": 8,
 *     "targets": ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"],
 *     "optimizer": "adamw",         or sgd, or sign, which have no beta1, beta2 and epsilon;
 *                                   may be left out
 *     "learningRate": 0.001, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-7, "weightDecay": 0,
 *     "prefixTokens": 256,          an utterance is learned after so many tokens
 *     "windowTokens": 256,          the emotion is read from so many tokens
 *     "prefixRefreshUtterances": 1  the prefix is read at every k-th utterance, and its keys and
 *                                   values are reused at the others; may be left out: at each
 *   }
 * }
 * }</pre>
 *
 * <p>or, with {@link Foresight#FILE} beside it, {@code "memory": {"learns": "estimates", "rank": 8,
 * "windowTokens": 96}}. With {@link Voice#FILE} and the token classifier's files beside it too,
 * {@code "voiceWidth": 48} in there: what is measured of a voice, 44 values by the tokenizer and
 * how each of the 4 emotions is heard in it.
 *
 * @param name of the model, for people
 */
public record UndertoneConfig(String name, Vocabulary vocabulary, MemoryRecipe memory) {

  /** The file's name in a model directory. */
  public static final String FILE = "undertone.json";

  private static final int SCHEMA = 1;
  private static final List<String> FIELDS = List.of("schema", "name", "vocabulary", "memory");
  private static final List<String> VOCABULARY_FIELDS =
      List.of("audioTokens", "audioEnd", "bos", "pad", "emotions");
  private static final String LEARNS = "learns";
  private static final String TOKENS = "tokens";
  private static final String ESTIMATES = "estimates";
  private static final List<String> FORESIGHT_FIELDS =
      List.of(LEARNS, "rank", "voiceWidth", "windowTokens");
  private static final String PREFIX_REFRESH = "prefixRefreshUtterances";
  private static final List<String> MEMORY_FIELDS =
      List.of(
          LEARNS,
          "rank",
          "alpha",
          "targets",
          "optimizer",
          "learningRate",
          "weightDecay",
          "prefixTokens",
          "windowTokens",
          PREFIX_REFRESH);
  private static final List<String> ADAM_FIELDS = List.of("beta1", "beta2", "epsilon");
  private static final String ADAM_W = "adamw";

  /** Reads a model directory's file; a {@link ModelFileException} names file, field and value. */
  public static UndertoneConfig read(Path directory) {
    JsonObject json = JsonObject.read(directory.resolve(FILE));
    if (json.integer("schema", 0) != SCHEMA) {
      throw json.wrong("schema", "be " + SCHEMA);
    }
    json.refuseOthersThan(FIELDS);
    try {
      return new UndertoneConfig(
          json.text("name"), vocabulary(json.object("vocabulary")), memory(json.object("memory")));
    } catch (IllegalArgumentException e) {
      throw new ModelFileException(json.file(), e);
    }
  }

  private static Vocabulary vocabulary(JsonObject json) {
    json.refuseOthersThan(VOCABULARY_FIELDS);
    JsonObject emotions = json.object("emotions");
    emotions.refuseOthersThan(Arrays.stream(Emotion.values()).map(Emotion::shortName).toList());
    return new Vocabulary(
        json.integer("audioTokens", 1),
        json.integer("audioEnd", 0),
        json.integer("bos", 0),
        json.integer("pad", 0),
        Arrays.stream(Emotion.values())
            .map(emotion -> emotions.integer(emotion.shortName(), 0))
            .toList());
  }

  private static MemoryRecipe memory(JsonObject json) {
    String learns = json.has(LEARNS) ? json.text(LEARNS) : TOKENS;
    if (learns.equals(ESTIMATES)) {
      json.refuseOthersThan(FORESIGHT_FIELDS);
      int voiceWidth = json.has("voiceWidth") ? json.integer("voiceWidth", 1) : 0;
      return new ForesightSettings(
          json.integer("rank", 1), voiceWidth, json.integer("windowTokens", 1));
    }
    if (!learns.equals(TOKENS)) {
      throw json.wrong(LEARNS, "be tokens or estimates");
    }
    return ofTokens(json);
  }

  private static MemorySettings ofTokens(JsonObject json) {
    boolean adamW = !json.has("optimizer") || json.text("optimizer").equals(ADAM_W);
    json.refuseOthersThan(
        adamW
            ? Stream.concat(MEMORY_FIELDS.stream(), ADAM_FIELDS.stream()).toList()
            : MEMORY_FIELDS);
    return new MemorySettings(
        json.integer("rank", 1),
        json.number("alpha"),
        Projection.Kind.ofTargets(json.texts("targets")),
        adamW ? adamW(json) : descent(json),
        json.integer("prefixTokens", 1),
        json.integer("windowTokens", 1),
        json.has(PREFIX_REFRESH) ? json.integer(PREFIX_REFRESH, 1) : 1);
  }

  private static AdamW.Settings adamW(JsonObject json) {
    return new AdamW.Settings(
        json.number("learningRate"),
        json.number("beta1"),
        json.number("beta2"),
        json.number("epsilon"),
        json.number("weightDecay"));
  }

  private static GradientDescent.Settings descent(JsonObject json) {
    String name = json.text("optimizer");
    GradientDescent.Direction direction =
        Arrays.stream(GradientDescent.Direction.values())
            .filter(one -> one.setting().equals(name))
            .findFirst()
            .orElseThrow(() -> json.wrong("optimizer", "be one of adamw, sgd, sign"));
    return new GradientDescent.Settings(
        direction, json.number("learningRate"), json.number("weightDecay"));
  }

  /** Writes what {@link #read} reads, into a directory that is there. */
  public void write(Path directory) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("schema", SCHEMA).put("name", name);
    ObjectNode tokens = json.putObject("vocabulary");
    tokens.put("audioTokens", vocabulary.audioTokens()).put("audioEnd", vocabulary.audioEnd());
    tokens.put("bos", vocabulary.bos()).put("pad", vocabulary.pad());
    ObjectNode emotions = tokens.putObject("emotions");
    for (Emotion emotion : Emotion.values()) {
      emotions.put(emotion.shortName(), vocabulary.tokenOf(emotion));
    }
    ObjectNode learning = json.putObject("memory");
    if (memory instanceof MemorySettings settings) {
      write(settings, learning);
    } else if (memory instanceof ForesightSettings settings) {
      learning.put(LEARNS, ESTIMATES).put("rank", settings.rank());
      if (settings.voiceWidth() > 0) {
        learning.put("voiceWidth", settings.voiceWidth());
      }
      learning.put("windowTokens", settings.windowTokens());
    }
    try {
      Files.writeString(directory.resolve(FILE), json.toPrettyString() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(MemorySettings memory, ObjectNode learning) {
    learning.put(LEARNS, TOKENS);
    learning.put("rank", memory.rank()).put("alpha", memory.alpha());
    ArrayNode targets = learning.putArray("targets");
    memory.targets().forEach(target -> targets.add(target.target()));
    OptimizerSettings optimizer = memory.optimizer();
    if (optimizer instanceof AdamW.Settings adamW) {
      learning.put("optimizer", ADAM_W);
      learning.put("beta1", adamW.beta1()).put("beta2", adamW.beta2());
      learning.put("epsilon", adamW.epsilon());
    } else if (optimizer instanceof GradientDescent.Settings descent) {
      learning.put("optimizer", descent.direction().setting());
    }
    learning.put("learningRate", optimizer.learningRate());
    learning.put("weightDecay", optimizer.weightDecay());
    learning.put("prefixTokens", memory.prefixTokens());
    learning.put("windowTokens", memory.windowTokens());
    if (memory.reusesPrefix()) {
      learning.put(PREFIX_REFRESH, memory.prefixRefreshUtterances());
    }
  }
}
