package io.undertone.model.torch.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.norm.LayerNorm;

/** An encoder layer in float32. */
record Float32Layer(LayerWeights weights) implements EncoderLayer {

  /** Whisper's layer norm epsilon. */
  static final float NORM_EPSILON = 1e-5f;

  @Override
  public NDArray of(NDArray rows, Packing packing) {
    NDArray context = attention(norm(rows, weights.attentionNorm()), packing);
    NDArray attended = linear(context, weights.attentionOutput()).addi(rows);
    NDArray normalised = norm(attended, weights.feedForwardNorm());
    NDArray hidden = Convolutions.gelu(linear(normalised, weights.widen()));
    return linear(hidden, weights.narrow()).addi(attended);
  }

  private NDArray attention(NDArray rows, Packing packing) {
    NDArray projected = linear(rows, weights.projections());
    NDList contexts = new NDList();
    for (int i = 0; i < packing.utterances(); i++) {
      NDIndex utterance = new NDIndex("{}:{}", packing.begin(i), packing.end(i));
      contexts.add(context(projected.get(utterance)));
    }
    return NDArrays.concat(contexts);
  }

  /** Attention of one utterance: (time, 3 · width) to (time, width). */
  private NDArray context(NDArray projected) {
    long time = projected.getShape().get(0);
    NDArray parts = projected.reshape(time, 3, weights.heads(), -1).transpose(1, 2, 0, 3);
    NDArray queries = parts.get(0);
    NDArray keys = parts.get(1);
    NDArray values = parts.get(2);
    NDArray attentionWeights = queries.matMul(keys.transpose(0, 2, 1)).softmax(-1);
    return attentionWeights.matMul(values).transpose(1, 0, 2).reshape(time, -1);
  }

  private static NDArray norm(NDArray rows, Affine norm) {
    return LayerNorm.layerNorm(
            rows, norm.weight().getShape(), norm.weight(), norm.bias(), NORM_EPSILON)
        .singletonOrThrow();
  }

  private static NDArray linear(NDArray rows, Affine map) {
    return Float32Linear.of(rows, map);
  }
}
