package io.undertone.model.torch.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.files.SafetensorsWriter;
import io.undertone.model.torch.files.TensorFiles;
import io.undertone.model.torch.llama.config.LlamaConfig;
import io.undertone.model.torch.llama.config.LlamaConfigFile;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The named weights of a decoder in the Hugging Face layout. Frozen as loaded; training sets {@link
 * #named}, all float32, to require gradients.
 */
public final class LlamaWeights implements AutoCloseable {
  private static final double INITIAL_DEVIATION = 0.02;

  private LlamaConfig config;
  private final NDManager manager;
  private final Map<String, NDArray> named = new LinkedHashMap<>();
  private final Optional<HalfMatrix.Type> half;
  private final Map<String, HalfMatrix> halves = new HashMap<>();

  /**
   * @param half of the matrices; empty if they are float32
   */
  private LlamaWeights(LlamaConfig config, Optional<HalfMatrix.Type> half, NDManager manager) {
    this.config = config;
    this.half = half;
    this.manager = manager;
  }

  /** As {@link #load(Path, WeightPrecision, NDManager)}, in float32. */
  public static LlamaWeights load(Path directory, NDManager parent) {
    return load(directory, WeightPrecision.FLOAT32, parent);
  }

  /**
   * Reads {@code config.json} and {@code model.safetensors} (or its shards) of a directory. Beside
   * the weights themselves, this takes the memory of a few MiB.
   *
   * @param precision in which the matrices are kept, whatever the files' is
   * @param parent the weights live on its device, until either is closed
   */
  public static LlamaWeights load(Path directory, WeightPrecision precision, NDManager parent) {
    LlamaConfig config = LlamaConfigFile.read(directory.resolve("config.json"));
    try (TensorFiles files = TensorFiles.ofModel(directory)) {
      Optional<HalfMatrix.Type> half = precision.half(files, parent.getDevice());
      LlamaWeights weights = new LlamaWeights(config, half, parent.newSubManager());
      try {
        LlamaLayout.shapes(config).forEach((name, shape) -> weights.read(files, name, name, shape));
        return weights;
      } catch (RuntimeException e) {
        weights.close();
        throw e;
      }
    }
  }

  /** Adds a weight, or replaces it. */
  private void read(TensorFiles files, String name, String nameInFile, Shape shape) {
    if (half.isPresent() && shape.dimension() > 1) {
      halves.put(name, HalfMatrix.read(half.get(), files, nameInFile, shape, manager));
    } else {
      put(name, files.read(nameInFile, shape, manager));
    }
  }

  /**
   * Fresh weights: normal with deviation 0.02, norms 1; determined by the seed.
   *
   * @param parent the weights live on its device, until either is closed
   */
  public static LlamaWeights random(LlamaConfig config, long seed, NDManager parent) {
    LlamaWeights weights = new LlamaWeights(config, Optional.empty(), parent.newSubManager());
    SplittableRandom random = new SplittableRandom(seed);
    LlamaLayout.shapes(config)
        .forEach((name, shape) -> weights.named.put(name, random(shape, random, weights.manager)));
    return weights;
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

  /** Whether all matrices are float32, as {@link #named} and learning need them. */
  public boolean isFloat32() {
    return half.isEmpty();
  }

  /** All float32 weights in the layout's order. */
  public Map<String, NDArray> named() {
    return Collections.unmodifiableMap(named);
  }

  /** (out, in) */
  Matrix projection(Projection projection) {
    return matrix(LlamaLayout.weightName(projection));
  }

  private Matrix matrix(String name) {
    HalfMatrix matrix = halves.get(name);
    return matrix == null ? new Matrix.Float32(float32(name)) : matrix;
  }

  /**
   * Adds {@code B · A} to a projection. A float32 weight takes it up: the sum is computed in double
   * precision, so that it is rounded once. Beside a weight of half the size, the factors stay.
   *
   * @param loraA (rank, in)
   * @param loraB (out, rank)
   * @param scaling of the product
   */
  public void add(Projection projection, NDArray loraA, NDArray loraB, NDArray scaling) {
    String name = LlamaLayout.weightName(projection);
    HalfMatrix matrix = halves.get(name);
    if (matrix != null) {
      try (NDArray scaled = loraB.mul(scaling)) {
        matrix.adapt(loraA, scaled);
      }
      return;
    }
    try (NDManager scratch = manager.newSubManager()) {
      NDArray sum = toDouble(float32(name), scratch);
      NDArray product = toDouble(loraB, scratch).matMul(toDouble(loraA, scratch));
      NDArray merged = sum.addi(product.muli(toDouble(scaling, scratch)));
      put(name, merged.toType(DataType.FLOAT32, false));
    }
  }

  private static NDArray toDouble(NDArray values, NDManager scratch) {
    NDArray exact = values.toType(DataType.FLOAT64, true);
    exact.attach(scratch);
    return exact;
  }

  private void put(String name, NDArray weight) {
    weight.attach(manager);
    NDArray former = named.put(name, weight);
    if (former != null) {
      former.close();
    }
  }

  /**
   * Replaces embedding and head by those of a file, which may have more tokens.
   *
   * @param names of the tables in the file, by their names in the layout; the head is left out if
   *     it is tied
   */
  public void replaceTables(TensorFiles files, Map<String, String> names) {
    names.forEach(
        (name, nameInFile) -> {
          Shape shape = files.shape(nameInFile);
          read(files, name, nameInFile, shape);
          config = config.withVocabularySize(Math.toIntExact(shape.get(0)));
        });
  }

  /** Embedding and head, one array if they are tied: a row per token, (vocabulary, width). */
  public List<NDArray> vocabularyTables() {
    return tableNames().stream().map(this::float32).toList();
  }

  /** The names of embedding and head in the layout, one name if they are tied. */
  public List<String> tableNames() {
    return config.tiedEmbeddings()
        ? List.of(LlamaLayout.EMBEDDING)
        : List.of(LlamaLayout.EMBEDDING, LlamaLayout.HEAD);
  }

  /** (vocabulary, width) */
  Matrix embedding() {
    return matrix(LlamaLayout.EMBEDDING);
  }

  /** (vocabulary, width) */
  Matrix head() {
    return matrix(config.tiedEmbeddings() ? LlamaLayout.EMBEDDING : LlamaLayout.HEAD);
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
    NDArray head = float32(LlamaLayout.HEAD);
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
    return float32(LlamaLayout.FINAL_NORM);
  }

  /** (width) */
  NDArray attentionNorm(int layer) {
    return float32(LlamaLayout.attentionNorm(layer));
  }

  /** (width) */
  NDArray feedForwardNorm(int layer) {
    return float32(LlamaLayout.feedForwardNorm(layer));
  }

  /** A norm, or a matrix of a float32 decoder. */
  NDArray float32(String name) {
    NDArray weight = named.get(name);
    if (weight == null) {
      throw new IllegalArgumentException(
          "weight must be one of this decoder in float32, but is " + name);
    }
    return weight;
  }

  /** A new manager for arrays on the weights' device. */
  public NDManager newManager() {
    return manager.newSubManager();
  }

  /** Owner of arrays that live as long as the weights. */
  NDManager manager() {
    return manager;
  }

  /** Writes what {@link #load} reads, into an existing directory. */
  public void save(Path directory) {
    if (!isFloat32()) {
      throw new IllegalStateException(
          "weights must be float32 to be saved, but are " + half.orElseThrow());
    }
    LlamaConfigFile.write(config, directory.resolve("config.json"));
    SafetensorsWriter.write(directory.resolve("model.safetensors"), named);
  }

  @Override
  public void close() {
    manager.close();
  }
}
