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
 * The "Classifier" that arXiv 2507.09076 compares with: hears an utterance's emotion in its tokens
 * alone, without a language model. It learns beside the tokenizer and lies beside the model: for
 * evaluations, and for models whose memories know voices, who hear with it. Used on the device's
 * owner thread.
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
   * @param codebookSize of the tokenizer that the classifier must have learned with
   * @return empty if the model comes without a classifier
   * @throws ModelFileException if a file is not what it must be
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
      // Weights are asked for as they are used: a first use tells whether all are there.
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

  /** Whether a model comes with a classifier. */
  public static boolean isIn(Path directory) {
    return Files.exists(directory.resolve(CONFIG_FILE));
  }

  /** Writes what {@link #load} reads, into a directory that is there. */
  public static void save(Path directory, ClassifierConfig config, Map<String, NDArray> weights) {
    SafetensorsWriter.write(directory.resolve(WEIGHTS_FILE), weights);
    ClassifierConfigFile.write(config, directory.resolve(CONFIG_FILE));
  }

  /**
   * How an utterance sounds: the softmax over the labels that are emotions of the model.
   *
   * @param codes its speech tokens, at least one
   */
  public EmotionEstimate estimate(int[] codes) {
    return config.estimate(logits(List.of(codes))[0]);
  }

  /** What the classifier tells apart, in the order of the {@link #logits}. */
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
