package io.undertone.model.torch.files;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The named tensors of a model, in one safetensors file or in several shards. */
public final class TensorFiles implements AutoCloseable {
  private final Path source;
  private final Map<Path, SafetensorsFile> open = new HashMap<>();
  private final Map<String, SafetensorsFile> files = new LinkedHashMap<>();

  private TensorFiles(Path source) {
    this.source = source;
  }

  /** All tensors of one file. */
  public static TensorFiles ofFile(Path file) {
    TensorFiles tensors = new TensorFiles(file);
    SafetensorsFile opened = tensors.open(file);
    opened.names().forEach(name -> tensors.files.put(name, opened));
    return tensors;
  }

  /**
   * {@code model.safetensors} of a directory, or the shards that {@code
   * model.safetensors.index.json} names.
   */
  public static TensorFiles ofModel(Path directory) {
    Path single = directory.resolve("model.safetensors");
    Path index = directory.resolve("model.safetensors.index.json");
    if (Files.exists(single) || !Files.exists(index)) {
      return ofFile(single);
    }
    JsonObject weightMap = JsonObject.read(index).object("weight_map");
    TensorFiles tensors = new TensorFiles(index);
    try {
      for (String name : weightMap.fields()) {
        Path shard = directory.resolve(weightMap.text(name)).normalize();
        if (!directory.normalize().equals(shard.getParent())) {
          throw weightMap.wrong(name, "name a file beside the index");
        }
        tensors.files.put(name, tensors.open(shard));
      }
      return tensors;
    } catch (RuntimeException e) {
      tensors.close();
      throw e;
    }
  }

  public Set<String> names() {
    return Collections.unmodifiableSet(files.keySet());
  }

  /** The tensor's shape, outermost dimension first. */
  public Shape shape(String name) {
    return file(name).shape(name);
  }

  /** The number of values in all tensors. */
  public long values() {
    return names().stream().mapToLong(name -> shape(name).size()).sum();
  }

  /** A float32 copy on the manager's device, refused if it has another shape. */
  public NDArray read(String name, Shape shape, NDManager manager) {
    checkShape(name, shape);
    return file(name).read(name, manager);
  }

  /** Receives some of a tensor's values. */
  @FunctionalInterface
  public interface PartReader {

    /**
     * @param begin number of values before the part, in row-major order
     * @param values (values), float32; valid until this returns
     */
    void read(long begin, NDArray values);
  }

  /**
   * Gives the values of a tensor in parts that are small against a model, refused if it has another
   * shape.
   *
   * @param manager the parts live on its device
   */
  public void forEachPart(String name, Shape shape, NDManager manager, PartReader reader) {
    checkShape(name, shape);
    file(name).forEachPart(name, manager, reader);
  }

  /** Whether the file stores the tensor in bfloat16. */
  public boolean isBfloat16(String name) {
    return file(name).isBfloat16(name);
  }

  /** Whether the file stores the tensor in float16. */
  public boolean isFloat16(String name) {
    return file(name).isFloat16(name);
  }

  /** Float32 copies of all tensors on the manager's device, by name. */
  public Map<String, NDArray> readAll(NDManager manager) {
    Map<String, NDArray> tensors = new LinkedHashMap<>();
    for (String name : names()) {
      tensors.put(name, read(name, shape(name), manager));
    }
    return tensors;
  }

  /** The values row by row, refused if the tensor has another shape. */
  public float[] read(String name, Shape shape) {
    checkShape(name, shape);
    return file(name).read(name);
  }

  private void checkShape(String name, Shape shape) {
    Shape actual = shape(name);
    if (!actual.equals(shape)) {
      throw new ModelFileException(
          source, "tensor " + name + " must have shape " + shape + ", but has " + actual);
    }
  }

  private SafetensorsFile file(String name) {
    SafetensorsFile file = files.get(name);
    if (file == null) {
      throw new ModelFileException(source, "tensor " + name + " must be given");
    }
    return file;
  }

  private SafetensorsFile open(Path file) {
    return open.computeIfAbsent(file, SafetensorsFile::open);
  }

  @Override
  public void close() {
    open.values().forEach(SafetensorsFile::close);
  }
}
