package io.undertone.training.adapter;

import io.undertone.model.Emotion;
import io.undertone.model.torch.files.JsonObject;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.llama.config.LlamaConfig;
import io.undertone.model.torch.llama.config.LlamaConfigFile;
import io.undertone.model.torch.memory.Vocabulary;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A Llama checkpoint in Hugging Face's layout.
 *
 * @param directory of the checkpoint
 * @param config what its {@code config.json} says
 */
record BaseCheckpoint(Path directory, LlamaConfig config) {

  private static final String CONFIG = "config.json";
  private static final String ADDED_TOKENS = "added_tokens.json";
  private static final String TOKENIZER = "tokenizer.json";
  private static final int DEFAULT_BOS = 1;
  private static final Pattern MODEL_FILES =
      Pattern.compile(
          "config\\.json|model.*\\.safetensors(\\.index\\.json)?|(LICENSE|NOTICE|USE_POLICY).*");

  /**
   * Reads the shape of the checkpoint.
   *
   * @throws ModelFileException if it is missing or not supported
   */
  static BaseCheckpoint open(Path directory) {
    return new BaseCheckpoint(directory, LlamaConfigFile.read(directory.resolve(CONFIG)));
  }

  /**
   * The meaning of tokens, of which the last ones may be missing in the checkpoint.
   *
   * @param added number of tokens that the checkpoint lacks
   */
  record Tokens(Vocabulary vocabulary, int added) {}

  /**
   * Finds {@code <audio_0>}, {@code <audio_1>}, … for all codes, {@code <audio_end>} and {@code
   * <emo_hap>}, … among the tokens that were added to the checkpoint's tokenizer. If none of them
   * is there, they follow the checkpoint's own.
   *
   * @throws ModelFileException if some are there and others not
   */
  Tokens tokens(int codebookSize) {
    List<String> names = names(codebookSize);
    Map<String, Integer> known = knownTokens();
    Path file = directory.resolve(ADDED_TOKENS);
    List<String> missing = names.stream().filter(name -> !known.containsKey(name)).toList();
    if (missing.size() == names.size()) {
      int first = config.vocabularySize();
      int[] ids = IntStream.range(first, first + names.size()).toArray();
      return new Tokens(vocabulary(ids, codebookSize, file), names.size());
    }
    if (!missing.isEmpty()) {
      throw new ModelFileException(
          file,
          "must have all %d tokens from %s to %s or none of them, but lacks %s"
              .formatted(names.size(), names.get(0), names.get(names.size() - 1), missing.get(0)));
    }
    int[] ids = names.stream().mapToInt(known::get).toArray();
    for (int code = 0; code < codebookSize; code++) {
      if (ids[code] != ids[0] + code) {
        throw new ModelFileException(
            file,
            "tokens of speech must follow each other, but %s is %d and %s is %d"
                .formatted(names.get(0), ids[0], names.get(code), ids[code]));
      }
    }
    Vocabulary vocabulary = vocabulary(ids, codebookSize, file);
    if (vocabulary.size() > config.vocabularySize()) {
      throw new ModelFileException(
          file,
          "tokens must be below vocab_size %d, but the largest is %d"
              .formatted(config.vocabularySize(), vocabulary.size() - 1));
    }
    return new Tokens(vocabulary, 0);
  }

  private static List<String> names(int codebookSize) {
    List<String> names = new ArrayList<>();
    IntStream.range(0, codebookSize).forEach(code -> names.add("<audio_" + code + ">"));
    names.add("<audio_end>");
    for (Emotion emotion : Emotion.values()) {
      names.add("<emo_" + emotion.shortName() + ">");
    }
    return names;
  }

  /**
   * @param ids of speech tokens, audio end and emotions
   */
  private Vocabulary vocabulary(int[] ids, int codebookSize, Path file) {
    JsonObject settings = JsonObject.read(directory.resolve(CONFIG));
    int bos = token(settings, "bos_token_id", DEFAULT_BOS);
    try {
      return new Vocabulary(
          ids[0],
          codebookSize,
          ids[codebookSize],
          bos,
          token(settings, "pad_token_id", bos == 0 ? 1 : 0),
          Arrays.stream(ids, codebookSize + 1, ids.length).boxed().toList());
    } catch (IllegalArgumentException e) {
      throw new ModelFileException(file, e);
    }
  }

  /** A token that the configuration may name; some write null or -1 for none. */
  private static int token(JsonObject settings, String field, int otherwise) {
    int token = settings.has(field) ? settings.integer(field, -1) : -1;
    return token < 0 ? otherwise : token;
  }

  private Map<String, Integer> knownTokens() {
    Map<String, Integer> known = new HashMap<>();
    Path added = directory.resolve(ADDED_TOKENS);
    Path tokenizer = directory.resolve(TOKENIZER);
    if (Files.exists(added)) {
      JsonObject json = JsonObject.read(added);
      json.fields().forEach(name -> known.put(name, json.integer(name, 0)));
    } else if (Files.exists(tokenizer)) {
      JsonObject.read(tokenizer)
          .objects("added_tokens")
          .forEach(token -> known.put(token.text("content"), token.integer("id", 0)));
    }
    return known;
  }

  /** Puts settings, weights and licence into another folder: as links where it can, or copies. */
  void addTo(Path model) throws IOException {
    Files.createDirectories(model);
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(BaseCheckpoint::belongsToModel).toList()) {
        Path target = model.resolve(file.getFileName());
        Files.deleteIfExists(target);
        try {
          Files.createLink(target, file.toRealPath());
        } catch (FileSystemException | UnsupportedOperationException e) {
          Files.copy(file, target);
        }
      }
    }
  }

  private static boolean belongsToModel(Path file) {
    return MODEL_FILES.matcher(file.getFileName().toString()).matches();
  }
}
