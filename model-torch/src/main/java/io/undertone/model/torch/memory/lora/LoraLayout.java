package io.undertone.model.torch.memory.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.undertone.model.torch.llama.Lora;
import io.undertone.model.torch.llama.Projection;
import io.undertone.model.torch.llama.config.LlamaConfig;
import io.undertone.model.torch.memory.TensorLayout;
import io.undertone.model.torch.memory.TensorLayout.Matrix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Places of the matrices of a temporary LoRA among its parameters: layer by layer, projection by
 * projection, A before B.
 */
final class LoraLayout {
  private final List<Projection> projections;
  private final TensorLayout tensors;

  LoraLayout(LlamaConfig decoder, LoraMemoryConfig memory) {
    List<Projection> adapted = new ArrayList<>();
    List<Matrix> matrices = new ArrayList<>();
    for (int layer = 0; layer < decoder.layers(); layer++) {
      for (Projection.Kind kind : memory.targets()) {
        Projection projection = new Projection(layer, kind);
        int in = projection.inWidth(decoder);
        int out = projection.outWidth(decoder);
        adapted.add(projection);
        matrices.add(new Matrix(projection.loraAName(), memory.rank(), in));
        matrices.add(new Matrix(projection.loraBName(), out, memory.rank()));
      }
    }
    this.projections = List.copyOf(adapted);
    this.tensors = new TensorLayout(matrices);
  }

  /** Number of parameters of one memory. */
  int size() {
    return tensors.size();
  }

  /** Names and shapes of the matrices. */
  TensorLayout tensors() {
    return tensors;
  }

  /**
   * Start values, which depend on the seed alone: A uniform in ±1/√in, B zero, so that a new memory
   * changes nothing.
   */
  float[] initial(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] parameters = new float[size()];
    int offset = 0;
    for (int i = 0; i < projections.size(); i++) {
      Matrix loraA = tensors.matrices().get(2 * i);
      Matrix loraB = tensors.matrices().get(2 * i + 1);
      double bound = 1 / Math.sqrt(loraA.columns());
      for (int value = 0; value < loraA.size(); value++) {
        parameters[offset + value] = (float) random.nextDouble(-bound, bound);
      }
      offset += loraA.size() + loraB.size();
    }
    return parameters;
  }

  /**
   * The factors as views of a batch; gradients flow through them to the batch.
   *
   * @param parameters (batch, parameters)
   */
  Map<Projection, Lora.Pair> pairs(NDArray parameters) {
    NDList parts = tensors.split(parameters);
    List<NDArray> shaped = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Matrix matrix = tensors.matrices().get(i);
      shaped.add(
          parts.get(i).reshape(parameters.getShape().get(0), matrix.rows(), matrix.columns()));
    }
    Map<Projection, Lora.Pair> pairs = new LinkedHashMap<>();
    for (int i = 0; i < projections.size(); i++) {
      pairs.put(projections.get(i), new Lora.Pair(shaped.get(2 * i), shaped.get(2 * i + 1)));
    }
    return pairs;
  }
}
