package io.undertone.model.torch.encoder;

import ai.djl.ndarray.NDArray;
import io.undertone.model.torch.device.TorchScript;

/**
 * An encoder layer with bfloat16 products, accumulated in float32; norms and residual sums are
 * float32. It is one script, so that intermediate results stay bfloat16.
 */
final class Bfloat16Layer implements EncoderLayer {

  /** 15 is PyTorch's bfloat16; its sum with float32 is float32. */
  private static final String FORWARD =
      """
        def norm(self, rows: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
          return torch.to(torch.layer_norm(rows, [torch.size(rows, 1)], weight, bias, %s), 15)
        def context(self, projected: Tensor) -> Tensor:
          time = torch.size(projected, 0)
          parts = torch.permute(torch.reshape(projected, [1, time, 3, %d, -1]), [2, 0, 3, 1, 4])
          q, k, v = torch.unbind(parts)
          heads = torch.scaled_dot_product_attention(q, k, v, None, 0., False, scale=1.)
          return torch.reshape(torch.transpose(heads, 1, 2), [time, -1])
        def forward(self, rows: Tensor, lengths: List[int]) -> Tensor:
          n0, n1, p0, p1, o0, o1, m0, m1, w0, w1, s0, s1 = self.tensors
          projected = torch.linear(self.norm(rows, n0, n1), p0, p1)
          contexts = annotate(List[Tensor], [])
          for utterance in torch.split_with_sizes(projected, lengths):
            _0 = torch.append(contexts, self.context(utterance))
          attended = torch.add(rows, torch.linear(torch.cat(contexts), o0, o1))
          hidden = torch.gelu(torch.linear(self.norm(attended, m0, m1), w0, w1))
          return torch.add(attended, torch.linear(hidden, s0, s1))
      """;

  private final TorchScript script;

  /** Takes ownership of the float32 weights. */
  Bfloat16Layer(LayerWeights weights) {
    String methods = FORWARD.formatted(Float32Layer.NORM_EPSILON, weights.heads());
    script = TorchScript.load(methods, weights.widen().weight().getManager());
    keepNorm(weights.attentionNorm());
    keepProduct(weights.projections());
    keepProduct(weights.attentionOutput());
    keepNorm(weights.feedForwardNorm());
    keepProduct(weights.widen());
    keepProduct(weights.narrow());
  }

  private void keepNorm(Affine norm) {
    try (norm) {
      script.keep(norm.weight());
      script.keep(norm.bias());
    }
  }

  private void keepProduct(Affine product) {
    try (product) {
      script.keepAsBfloat16(product.weight());
      script.keepAsBfloat16(product.bias());
    }
  }

  @Override
  public NDArray of(NDArray rows, Packing packing) {
    return script.forward(rows, packing.lengths());
  }
}
