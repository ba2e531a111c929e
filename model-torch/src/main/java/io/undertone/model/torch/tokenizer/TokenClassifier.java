package io.undertone.model.torch.tokenizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.EmotionEstimate;
import io.undertone.model.torch.device.Rows;
import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.files.SafetensorsWriter;
import io.undertone.model.torch.files.TensorFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Classifies the emotion of an utterance from its tokens, without a language model: the
 * "Classifier" baseline of arXiv 2507.09076. It is trained together with the tokenizer. Evaluations
 * compare with it, and models with voice cues use its output as a cue. Used on the owner thread of
 * its device.
 */
public final class TokenClassifier implements AutoCloseable {

  public static final String CONFIG_FILE = "token-classifier.json";
  public static final String WEIGHTS_FILE = "token-classifier.safetensors";

  private static final float LEAST = 1e-6f;

  private final NDManager manager;
  private final ClassifierConfig config;
  private final ClassifierNetwork network;

  /**
   * @param manager closed with this classifier
   */
  private TokenClassifier(
      NDManager manager, ClassifierConfig config, Map<String, NDArray> weights) {
    this.manager = manager;
    this.config = config;
    this.network = ClassifierNetwork.frozen(Layers.existing(weights), config, manager);
  }

  /**
   * Reads {@value #CONFIG_FILE} and {@value #WEIGHTS_FILE} of a model's directory.
   *
   * @param codebookSize of the model's tokenizer
   * @return empty if the model has no classifier
   * @throws ModelFileException if a file is missing or invalid
   */
  public static Optional<TokenClassifier> load(Path directory, int codebookSize, NDManager parent) {
    Path file = directory.resolve(CONFIG_FILE);
    if (!isIn(directory)) {
      return Optional.empty();
    }
    ClassifierConfig config = ClassifierConfigFile.read(file);
    if (config.codebookSize() != codebookSize) {
      throw new ModelFileException(
          file,
          "levels must make the tokenizer's %d codes, but make %d"
              .formatted(codebookSize, config.codebookSize()));
    }
    NDManager manager = parent.newSubManager();
    try (TensorFiles files = TensorFiles.ofFile(directory.resolve(WEIGHTS_FILE))) {
      TokenClassifier classifier = new TokenClassifier(manager, config, files.readAll(manager));
      // Weights are looked up when they are first used, so one token is classified to check them.
      classifier.estimate(new int[1]);
      return Optional.of(classifier);
    } catch (IllegalArgumentException e) {
      manager.close();
      throw new ModelFileException(file, e);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /** Whether a model has a classifier. */
  public static boolean isIn(Path directory) {
    return Files.exists(directory.resolve(CONFIG_FILE));
  }

  /** Writes both files into an existing directory; {@link #load} reads them. */
  public static void save(Path directory, ClassifierConfig config, Map<String, NDArray> weights) {
    SafetensorsWriter.write(directory.resolve(WEIGHTS_FILE), weights);
    ClassifierConfigFile.write(config, directory.resolve(CONFIG_FILE));
  }

  /**
   * The estimate for an utterance: softmax over the labels that are emotions of the model.
   *
   * @param codes its speech tokens, at least one
   */
  public EmotionEstimate estimate(int[] codes) {
    return config.estimate(logits(List.of(codes))[0]);
  }

  /** The classes, in the order of the {@link #logits}. */
  public List<String> labels() {
    return config.labels();
  }

  /**
   * The logits of the labels.
   *
   * @param utterances the speech tokens of each, at least one
   * @return (utterances, labels)
   */
  public float[][] logits(List<int[]> utterances) {
    int longest = 0;
    for (int[] codes : utterances) {
      if (codes.length == 0) {
        throw new IllegalArgumentException("codes must be at least 1, but are 0");
      }
      longest = Math.max(longest, codes.length);
    }
    int width = config.levels().length;
    int[] lengths = new int[utterances.size()];
    float[] values = new float[utterances.size() * longest * width];
    for (int row = 0; row < lengths.length; row++) {
      int[] codes = utterances.get(row);
      lengths[row] = codes.length;
      for (int i = 0; i < codes.length; i++) {
        float[] ofCode = FiniteScalarQuantizer.valuesOf(codes[i], config.levels());
        System.arraycopy(ofCode, 0, values, (row * longest + i) * width, width);
      }
    }
    try (NDManager step = manager.newSubManager()) {
      NDArray quantized = step.create(values, new Shape(lengths.length, longest, width));
      return Rows.of(network.logits(quantized, lengths));
    }
  }

  /** The logarithms of {@link ClassifierConfig#estimate}, in the order of the emotions. */
  public float[] logProbabilities(float[] logits) {
    float[] probabilities = config.estimate(logits).toArray();
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = (float) Math.log(Math.max(LEAST, probabilities[i]));
    }
    return probabilities;
  }

  @Override
  public void close() {
    manager.close();
  }
}
