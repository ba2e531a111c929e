package io.undertone.model.torch.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.files.SafetensorsWriter;
import io.undertone.model.torch.files.TensorFiles;
import io.undertone.model.torch.llama.config.LlamaConfig;
import io.undertone.model.torch.llama.config.LlamaConfigFile;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The named weights of a decoder, float32, in the Hugging Face layout. Frozen as loaded; training
 * sets {@link #named} to require gradients.
 */
public final class LlamaWeights implements AutoCloseable {
  private static final double INITIAL_DEVIATION = 0.02;

  private final LlamaConfig config;
  private final NDManager manager;
  private final Map<String, NDArray> named;

  private LlamaWeights(LlamaConfig config, NDManager manager, Map<String, NDArray> named) {
    this.config = config;
    this.manager = manager;
    this.named = named;
  }

  /**
   * Reads {@code config.json} and {@code model.safetensors} (or its shards) of a directory.
   *
   * @param parent the weights live on its device, until either is closed
   */
  public static LlamaWeights load(Path directory, NDManager parent) {
    LlamaConfig config = LlamaConfigFile.read(directory.resolve("config.json"));
    NDManager manager = parent.newSubManager();
    try (TensorFiles files = TensorFiles.ofModel(directory)) {
      Map<String, NDArray> named = new LinkedHashMap<>();
      LlamaLayout.shapes(config)
          .forEach((name, shape) -> named.put(name, files.read(name, shape, manager)));
      return new LlamaWeights(config, manager, named);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /**
   * Fresh weights: normal with deviation 0.02, norms 1; determined by the seed.
   *
   * @param parent the weights live on its device, until either is closed
   */
  public static LlamaWeights random(LlamaConfig config, long seed, NDManager parent) {
    NDManager manager = parent.newSubManager();
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, NDArray> named = new LinkedHashMap<>();
    LlamaLayout.shapes(config)
        .forEach((name, shape) -> named.put(name, random(shape, random, manager)));
    return new LlamaWeights(config, manager, named);
  }

  private static NDArray random(Shape shape, SplittableRandom random, NDManager manager) {
    if (shape.dimension() == 1) {
      return manager.ones(shape);
    }
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (INITIAL_DEVIATION * random.nextGaussian());
    }
    try (NDArray view = manager.create(values, shape)) {
      return view.duplicate();
    }
  }

  public LlamaConfig config() {
    return config;
  }

  /** All weights in the layout's order. */
  public Map<String, NDArray> named() {
    return Collections.unmodifiableMap(named);
  }

  /** (out, in) */
  NDArray projection(Projection projection) {
    return get(LlamaLayout.weightName(projection));
  }

  /** Replaces a projection's weight, (out, in). */
  void replace(Projection projection, NDArray weight) {
    projection(projection).close();
    weight.attach(manager);
    named.put(LlamaLayout.weightName(projection), weight);
  }

  /** Embedding and head, one array if they are tied: a row per token, (vocabulary, width). */
  public List<NDArray> vocabularyTables() {
    return config.tiedEmbeddings() ? List.of(embedding()) : List.of(embedding(), head());
  }

  /** (vocabulary, width) */
  NDArray embedding() {
    return get(LlamaLayout.EMBEDDING);
  }

  /** (vocabulary, width) */
  NDArray head() {
    return config.tiedEmbeddings() ? embedding() : get(LlamaLayout.HEAD);
  }

  /**
   * Adds to some tokens' rows of the head, which must not be tied to the embedding.
   *
   * @param tokens one for each row of the change
   * @param change (tokens, width)
   */
  public void addToHead(List<Integer> tokens, NDArray change) {
    if (config.tiedEmbeddings()) {
      throw new IllegalStateException("head must not be tied to the embedding, but is");
    }
    NDArray head = head();
    float[] rows = head.toFloatArray();
    float[] added = change.toFloatArray();
    int width = config.width();
    for (int i = 0; i < added.length; i++) {
      rows[tokens.get(i / width) * width + i % width] += added[i];
    }
    try (NDArray changed = manager.create(rows, head.getShape())) {
      head.set(new NDIndex("..."), changed);
    }
  }

  /** (width) */
  NDArray finalNorm() {
    return get(LlamaLayout.FINAL_NORM);
  }

  /** (width) */
  NDArray attentionNorm(int layer) {
    return get(LlamaLayout.attentionNorm(layer));
  }

  /** (width) */
  NDArray feedForwardNorm(int layer) {
    return get(LlamaLayout.feedForwardNorm(layer));
  }

  private NDArray get(String name) {
    NDArray weight = named.get(name);
    if (weight == null) {
      throw new IllegalArgumentException("weight must be one of this decoder, but is " + name);
    }
    return weight;
  }

  /** Owner of arrays that live as long as the weights. */
  NDManager manager() {
    return manager;
  }

  /** Writes what {@link #load} reads, into an existing directory. */
  public void save(Path directory) {
    LlamaConfigFile.write(config, directory.resolve("config.json"));
    SafetensorsWriter.write(directory.resolve("model.safetensors"), named);
  }

  @Override
  public void close() {
    manager.close();
  }
}
