package io.undertone.model.torch.dpm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.undertone.model.MemoryFormatException;
import io.undertone.model.MemorySnapshot.Tensor;
import io.undertone.model.torch.llama.LlamaConfig;
import io.undertone.model.torch.llama.Lora;
import io.undertone.model.torch.llama.Projection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Where each matrix of a temporary LoRA lies among a conversation's parameters: layer by layer,
 * projection by projection, A before B, row by row.
 */
final class LoraLayout {

  /** A matrix whose values begin uniform in ±bound. */
  private record Matrix(String name, int rows, int columns, double bound) {

    int size() {
      return rows * columns;
    }
  }

  private final List<Projection> projections;
  private final List<Matrix> matrices;
  private final int size;

  private LoraLayout(List<Projection> projections, List<Matrix> matrices) {
    this.projections = projections;
    this.matrices = matrices;
    this.size = matrices.stream().mapToInt(Matrix::size).reduce(0, Math::addExact);
  }

  /** Both factors of the decoder's projections. */
  static LoraLayout ofProjections(LlamaConfig config, MemorySettings settings) {
    List<Projection> projections = new ArrayList<>();
    List<Matrix> matrices = new ArrayList<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      for (Projection.Kind kind : settings.targets()) {
        Projection projection = new Projection(layer, kind);
        int rank = settings.rank();
        int in = projection.inWidth(config);
        int out = projection.outWidth(config);
        projections.add(projection);
        matrices.add(new Matrix(projection.loraAName(), rank, in, 1 / Math.sqrt(in)));
        matrices.add(new Matrix(projection.loraBName(), out, rank, 0));
      }
    }
    return new LoraLayout(projections, matrices);
  }

  /**
   * What {@link Foresight} leaves to a memory, one factor and the last estimate, and what {@link
   * Voice} does: where the voice is, and how many utterances told it. As {@link EstimateMemory} has
   * them.
   */
  static LoraLayout ofForesight(int classes, ForesightSettings settings) {
    List<Matrix> matrices = new ArrayList<>();
    matrices.add(new Matrix("foresight.lora_B.weight", classes, settings.rank(), 0));
    matrices.add(new Matrix("foresight.belief", 1, classes, 0));
    if (settings.voiceWidth() > 0) {
      matrices.add(new Matrix("voice.offset", 1, settings.voiceWidth(), 0));
      matrices.add(new Matrix("voice.heard", 1, 1, 0));
    }
    return new LoraLayout(List.of(), matrices);
  }

  /** Parameters of one conversation. */
  int size() {
    return size;
  }

  /**
   * Start values: A uniform in ±1/√in, B zero, so that a memory begins as no change at all. The
   * seed alone decides.
   */
  float[] initial(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] parameters = new float[size];
    int offset = 0;
    for (Matrix matrix : matrices) {
      if (matrix.bound() > 0) {
        for (int i = 0; i < matrix.size(); i++) {
          parameters[offset + i] = (float) random.nextDouble(-matrix.bound(), matrix.bound());
        }
      }
      offset += matrix.size();
    }
    return parameters;
  }

  /**
   * The factors as views of a batch, through which gradients reach it.
   *
   * @param parameters (batch, parameters)
   */
  Map<Projection, Lora.Pair> pairs(NDArray parameters) {
    long batch = parameters.getShape().get(0);
    NDList parts = parameters.split(ends(), 1);
    List<NDArray> shaped = new ArrayList<>();
    for (int i = 0; i < matrices.size(); i++) {
      Matrix matrix = matrices.get(i);
      shaped.add(parts.get(i).reshape(batch, matrix.rows(), matrix.columns()));
    }
    Map<Projection, Lora.Pair> pairs = new LinkedHashMap<>();
    for (int i = 0; i < projections.size(); i++) {
      pairs.put(projections.get(i), new Lora.Pair(shaped.get(2 * i), shaped.get(2 * i + 1)));
    }
    return pairs;
  }

  /** Where each matrix but the last ends. */
  private long[] ends() {
    long[] ends = new long[matrices.size() - 1];
    long end = 0;
    for (int i = 0; i < ends.length; i++) {
      end += matrices.get(i).size();
      ends[i] = end;
    }
    return ends;
  }

  /** The values as named matrices. */
  List<Tensor> tensors(float[] values, String suffix) {
    List<Tensor> tensors = new ArrayList<>();
    int offset = 0;
    for (Matrix matrix : matrices) {
      tensors.add(
          new Tensor(
              matrix.name() + suffix,
              new int[] {matrix.rows(), matrix.columns()},
              Arrays.copyOfRange(values, offset, offset + matrix.size())));
      offset += matrix.size();
    }
    return tensors;
  }

  /**
   * The values of named matrices, as {@link #tensors} gives them.
   *
   * @throws MemoryFormatException if they are not those of this layout, or not finite
   */
  float[] values(List<Tensor> tensors, String suffix) {
    float[] values = new float[size];
    int offset = 0;
    for (int i = 0; i < matrices.size(); i++) {
      Matrix matrix = matrices.get(i);
      Tensor tensor = tensors.get(i);
      int[] shape = {matrix.rows(), matrix.columns()};
      if (!tensor.name().equals(matrix.name() + suffix) || !Arrays.equals(tensor.shape(), shape)) {
        throw new MemoryFormatException(
            "tensor %d must be %s%s of shape %s, but is %s of shape %s"
                .formatted(
                    i,
                    matrix.name(),
                    suffix,
                    Arrays.toString(shape),
                    tensor.name(),
                    Arrays.toString(tensor.shape())));
      }
      checkFinite(tensor);
      System.arraycopy(tensor.values(), 0, values, offset, matrix.size());
      offset += matrix.size();
    }
    return values;
  }

  private static void checkFinite(Tensor tensor) {
    for (float value : tensor.values()) {
      if (!Float.isFinite(value)) {
        throw new MemoryFormatException(
            "values of tensor " + tensor.name() + " must be finite, but one is " + value);
      }
    }
  }

  /** How many matrices there are. */
  int matrices() {
    return matrices.size();
  }
}
