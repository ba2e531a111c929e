package io.undertone.model.torch;

import io.undertone.model.torch.files.JsonObject;
import io.undertone.model.torch.llama.config.LlamaConfig;
import io.undertone.model.torch.llama.config.LlamaConfigFile;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;

/** The small reference model among the test resources, and what it must compute. */
public final class TinyLlama {

  private TinyLlama() {}

  public static Path directory() {
    URL resource = TinyLlama.class.getResource("/tiny-llama/expected.json");
    try {
      return Path.of(Objects.requireNonNull(resource).toURI()).resolveSibling("");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public static Path base() {
    return directory().resolve("base");
  }

  public static LlamaConfig config() {
    return LlamaConfigFile.read(base().resolve("config.json"));
  }

  public static JsonObject expected() {
    return JsonObject.read(directory().resolve("expected.json"));
  }
}
