package io.undertone.model.torch.encoder;

import ai.djl.ndarray.NDArray;
import io.undertone.model.torch.device.TorchScript;

/**
 * One of the encoder's layers: attention within each utterance, then a feed-forward part. Pre-norm
 * residual blocks; norms and residual sums are float32. It is one script, so that intermediate
 * results keep the type of the products.
 */
final class EncoderLayer {

  /** Whisper's layer norm epsilon. */
  private static final float NORM_EPSILON = 1e-5f;

  /** Queries are pre-scaled, hence the scale of 1. */
  private static final String FORWARD =
      """
        def norm(self, rows: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
          return self.rounded(torch.layer_norm(rows, [torch.size(rows, 1)], weight, bias, %s))
        def context(self, projected: Tensor) -> Tensor:
          time = torch.size(projected, 0)
          parts = torch.permute(torch.reshape(projected, [1, time, 3, %d, -1]), [2, 0, 3, 1, 4])
          q, k, v = torch.unbind(parts)
          heads = torch.scaled_dot_product_attention(q, k, v, None, 0., False, scale=1.)
          return torch.reshape(torch.transpose(heads, 1, 2), [time, -1])
        def forward(self, rows: Tensor, lengths: List[int]) -> Tensor:
          n0, n1, p0, p1, o0, o1, m0, m1, w0, w1, s0, s1 = self.tensors
          projected = self.linear(self.norm(rows, n0, n1), p0, p1)
          contexts = annotate(List[Tensor], [])
          for utterance in torch.split_with_sizes(projected, lengths):
            _0 = torch.append(contexts, self.context(utterance))
          attended = torch.add(rows, self.linear(torch.cat(contexts), o0, o1))
          hidden = self.linear_gelu(self.norm(attended, m0, m1), w0, w1)
          return torch.add_(attended, self.linear(hidden, s0, s1))
      """;

  private final TorchScript script;

  /** Takes ownership of the float32 weights. */
  EncoderLayer(LayerWeights weights, Products products) {
    String forward = FORWARD.formatted(NORM_EPSILON, weights.heads());
    script = products.script(forward, weights.widen().weight().getManager());
    keepNorm(weights.attentionNorm());
    Products.keep(weights.projections(), script);
    Products.keep(weights.attentionOutput(), script);
    keepNorm(weights.feedForwardNorm());
    Products.keep(weights.widen(), script);
    Products.keep(weights.narrow(), script);
  }

  private void keepNorm(Affine norm) {
    try (norm) {
      script.keep(norm.weight());
      script.keep(norm.bias());
    }
  }

  /** (rows, width) to (rows, width), float32, in the manager of the rows. */
  NDArray of(NDArray rows, Packing packing) {
    return script.forward(rows, packing.lengths());
  }
}
