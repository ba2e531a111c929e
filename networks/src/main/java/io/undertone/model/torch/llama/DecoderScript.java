package io.undertone.model.torch.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.device.ProductLibrary;
import io.undertone.model.torch.device.TorchScript;
import io.undertone.model.torch.llama.Projection.Kind;
import io.undertone.model.torch.llama.config.AttentionShape;
import io.undertone.model.torch.llama.config.LlamaConfig;

/**
 * The decoder without adapters as one script: one call from Java, and fused attention. It computes
 * what {@link Llama#forwardTo} does, rounded differently, and no gradients.
 */
final class DecoderScript {

  /** Tensors: the embedding, then for each layer a norm, q, k, v and o, a norm, gate, up, down. */
  private static final String FORWARD =
      """
        def hold(self, tensor: Tensor) -> NoneType:
          _0 = torch.append(self.tensors, tensor)
          return None
        def projected(self, rows: Tensor, tensor: int) -> Tensor:
          return self.linear(rows, self.tensors[tensor], None)
        def norm(self, rows: Tensor, weight: Tensor) -> Tensor:
          root = torch.sqrt_(torch.add_(torch.mean(torch.square(rows), [-1], True), %1$s))
          return torch.mul_(torch.div(rows, root), weight)
        def heads(self, rows: Tensor, count: int) -> Tensor:
          return torch.reshape(rows, [torch.size(rows, 0), torch.size(rows, 1), count, -1])
        def rotated(self, heads: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
          a, b = torch.chunk(heads, 2, -1)
          first = torch.sub_(torch.mul(a, cos), torch.mul(b, sin))
          second = torch.add_(torch.mul(b, cos), torch.mul(a, sin))
          return torch.transpose(torch.cat([first, second], -1), 1, 2)
        def attention(self, q: Tensor, k: Tensor, v: Tensor, mask: Optional[Tensor]) -> Tensor:
          causal = torch.__is__(mask, None)
          mixed = torch.scaled_dot_product_attention(q, k, v, mask, 0., causal, enable_gqa=%2$s)
          return torch.flatten(torch.transpose(mixed, 1, 2), 2)
        def feed_forward(self, rows: Tensor, at: int) -> Tensor:
          normed = self.norm(rows, self.tensors[at + 5])
          gate = torch.silu_(self.projected(normed, at + 6))
          hidden = torch.mul_(gate, self.projected(normed, at + 7))
          return torch.add_(self.projected(hidden, at + 8), rows)
        def forward(self, ids: Tensor, ends: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
          time = torch.size(ids, 1)
          rows = torch.embedding(self.tensors[0], ids)
          for layer in range(%3$d):
            at = 9 * layer + 1
            normed = self.norm(rows, self.tensors[at])
            k = self.rotated(self.heads(self.projected(normed, at + 2), %5$d), cos, sin)
            v = torch.transpose(self.heads(self.projected(normed, at + 3), %5$d), 1, 2)
            q_cos, q_sin, mask = cos, sin, annotate(Optional[Tensor], None)
            if torch.eq(layer, %3$d - 1):
              # Only keys and values are needed at positions before the ends.
              index = torch.reshape(ends, [-1, 1, 1])
              index = torch.expand(index, [-1, 1, torch.size(rows, 2)])
              normed = torch.gather(normed, 1, index)
              rows = torch.gather(rows, 1, index)
              q_cos = torch.unsqueeze(torch.index_select(cos, 0, ends), 1)
              q_sin = torch.unsqueeze(torch.index_select(sin, 0, ends), 1)
              places = torch.arange(time, dtype=4, device=ids.device)
              mask = torch.le(places, torch.reshape(ends, [-1, 1, 1, 1]))
            q = self.rotated(self.heads(self.projected(normed, at + 1), %4$d), q_cos, q_sin)
            attended = self.attention(q, k, v, mask)
            rows = self.feed_forward(torch.add_(self.projected(attended, at + 4), rows), at)
          return torch.squeeze(rows, 1)
      """;

  private final TorchScript script;

  DecoderScript(LlamaWeights weights) {
    LlamaConfig config = weights.config();
    AttentionShape attention = config.attention();
    String forward =
        FORWARD.formatted(
            (float) config.rmsEpsilon(),
            attention.queriesPerKey() > 1 ? "True" : "False",
            config.layers(),
            attention.heads(),
            attention.keyValueHeads());
    NDManager owner = weights.manager();
    ProductLibrary library = ProductLibrary.ofFloat32(owner.getDevice());
    // What need not be rearranged is not copied: a large decoder would take twice its memory.
    String keepWeight = library == ProductLibrary.PYTORCH ? "hold" : "keep_weight";
    this.script = library.script(forward, owner);
    script.keep("hold", weights.float32(LlamaLayout.EMBEDDING));
    for (int layer = 0; layer < config.layers(); layer++) {
      script.keep("hold", weights.attentionNorm(layer));
      for (Kind kind : Kind.values()) {
        if (kind == Kind.GATE) {
          script.keep("hold", weights.feedForwardNorm(layer));
        }
        String name = LlamaLayout.weightName(new Projection(layer, kind));
        script.keep(keepWeight, weights.float32(name));
      }
    }
  }

  /**
   * The residual stream at one position of each row.
   *
   * @param ids (batch, time), int64
   * @param position (batch), int64
   * @param rotary of all positions
   * @return (batch, width), in the manager of the ids
   */
  NDArray forwardTo(NDArray ids, NDArray position, Rotary rotary) {
    return script.forward(ids, position, rotary.cos(), rotary.sin());
  }
}
