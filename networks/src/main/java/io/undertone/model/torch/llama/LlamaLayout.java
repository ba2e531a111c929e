package io.undertone.model.torch.llama;

import ai.djl.ndarray.types.Shape;
import io.undertone.model.torch.llama.Projection.Kind;
import io.undertone.model.torch.llama.config.LlamaConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names and shapes of a decoder's weights in the Hugging Face layout. */
final class LlamaLayout {
  static final String EMBEDDING = "model.embed_tokens.weight";
  static final String FINAL_NORM = "model.norm.weight";
  static final String HEAD = "lm_head.weight";

  private LlamaLayout() {}

  static String weightName(Projection projection) {
    return projection.moduleName() + ".weight";
  }

  static String attentionNorm(int layer) {
    return "model.layers." + layer + ".input_layernorm.weight";
  }

  static String feedForwardNorm(int layer) {
    return "model.layers." + layer + ".post_attention_layernorm.weight";
  }

  /** All weights, from the embedding to the head. */
  static Map<String, Shape> shapes(LlamaConfig config) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put(EMBEDDING, new Shape(config.vocabularySize(), config.width()));
    for (int layer = 0; layer < config.layers(); layer++) {
      shapes.put(attentionNorm(layer), new Shape(config.width()));
      shapes.put(feedForwardNorm(layer), new Shape(config.width()));
      for (Kind kind : Kind.values()) {
        Projection projection = new Projection(layer, kind);
        Shape shape = new Shape(projection.outWidth(config), projection.inWidth(config));
        shapes.put(weightName(projection), shape);
      }
    }
    shapes.put(FINAL_NORM, new Shape(config.width()));
    if (!config.tiedEmbeddings()) {
      shapes.put(HEAD, new Shape(config.vocabularySize(), config.width()));
    }
    return shapes;
  }
}
