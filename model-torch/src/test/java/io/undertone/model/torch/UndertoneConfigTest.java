package io.undertone.model.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.model.torch.dpm.ForesightSettings;
import io.undertone.model.torch.dpm.MemoryRecipe;
import io.undertone.model.torch.dpm.MemorySettings;
import io.undertone.model.torch.files.ModelFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UndertoneConfigTest {
  @TempDir private Path directory;

  @Test
  void readsWhatItWrites() {
    for (MemoryRecipe memory :
        List.of(
            TinyModel.MEMORY,
            MemorySettings.TYPICAL.withPrefixRefresh(4),
            new ForesightSettings(8, 0, 96),
            new ForesightSettings(8, 44, 96))) {
      UndertoneConfig config = new UndertoneConfig("tiny", TinyModel.VOCABULARY, memory);
      config.write(directory);
      assertThat(UndertoneConfig.read(directory)).isEqualTo(config);
    }
  }

  @Test
  void namesWhatMemoriesCannotLearn() throws IOException {
    new UndertoneConfig("tiny", TinyModel.VOCABULARY, new ForesightSettings(8, 0, 96))
        .write(directory);
    Path file = directory.resolve(UndertoneConfig.FILE);
    String good = Files.readString(file);

    assertRefused(good.replace("estimates", "poems"), "learns must be tokens or estimates");
    assertRefused(
        good.replace("\"rank\" : 8", "\"rank\" : 0"), "rank must be an integer of at least 1");
    assertRefused(good.replace("\"rank\"", "\"alpha\" : 8, \"rank\""), "alpha is unknown");
  }

  @Test
  void namesPrefixesThatCannotBeReused() throws IOException {
    MemorySettings memory = MemorySettings.TYPICAL.withPrefixRefresh(4);
    new UndertoneConfig("tiny", TinyModel.VOCABULARY, memory).write(directory);
    String good = Files.readString(directory.resolve(UndertoneConfig.FILE));

    assertRefused(
        good.replace("\"prefixRefreshUtterances\" : 4", "\"prefixRefreshUtterances\" : 0"),
        "prefixRefreshUtterances must be an integer of at least 1");
    assertRefused(
        good.replace("\"windowTokens\" : 256", "\"windowTokens\" : 96"),
        "prefixTokens must be at most windowTokens");
  }

  private void assertRefused(String json, String message) throws IOException {
    Files.writeString(directory.resolve(UndertoneConfig.FILE), json);
    assertThatThrownBy(() -> UndertoneConfig.read(directory))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(message);
  }
}
