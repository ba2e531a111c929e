package io.undertone.training.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.model.torch.files.ModelFileException;
import io.undertone.model.torch.llama.TinyCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseCheckpointTest {
  private static final String TOKENS =
      "{\"<audio_0>\": 40, \"<audio_1>\": 41, \"<audio_2>\": 42, \"<audio_end>\": 50,"
          + " \"<emo_hap>\": 51, \"<emo_sad>\": 52, \"<emo_ang>\": 53, \"<emo_neu>\": 54}";

  @TempDir Path directory;

  @BeforeEach
  void write() throws IOException {
    TinyCheckpoint.write(directory);
  }

  @Test
  void addsTokensBehindItsOwn() {
    BaseCheckpoint.Tokens tokens = BaseCheckpoint.open(directory).tokens(3);

    assertThat(tokens.added()).isEqualTo(3 + 5);
    assertThat(tokens.vocabulary().audioStart()).isEqualTo(64);
    assertThat(tokens.vocabulary().audioEnd()).isEqualTo(67);
    assertThat(tokens.vocabulary().emotions()).containsExactly(68, 69, 70, 71);
  }

  @Test
  void findsTokensThatWereAddedBefore() throws IOException {
    Files.writeString(directory.resolve("added_tokens.json"), TOKENS);

    BaseCheckpoint.Tokens tokens = BaseCheckpoint.open(directory).tokens(3);

    assertThat(tokens.added()).isZero();
    assertThat(tokens.vocabulary().audioStart()).isEqualTo(40);
    assertThat(tokens.vocabulary().audioEnd()).isEqualTo(50);
    assertThat(tokens.vocabulary().emotions()).containsExactly(51, 52, 53, 54);
  }

  @Test
  void findsTokensOfAFastTokenizer() throws IOException {
    String fast = TOKENS.replaceAll("(\"<\\w+>\"): (\\d+)", "{\"id\": $2, \"content\": $1}");
    Files.writeString(
        directory.resolve("tokenizer.json"),
        "{\"added_tokens\": [" + fast.substring(1, fast.length() - 1) + "]}");

    assertThat(BaseCheckpoint.open(directory).tokens(3).vocabulary().audioStart()).isEqualTo(40);
  }

  @Test
  void refusesTokensThatDoNotFit() throws IOException {
    assertRefused(TOKENS.replace("42", "43"), "<audio_0> is 40 and <audio_2> is 43");
    assertRefused(TOKENS.replace("54", "64"), "below vocab_size 64, but the largest is 64");
    assertRefused(TOKENS.replace("50", "1"), "tokens audioEnd and bos must differ");
    assertRefused(TOKENS.replace("<audio_2>", "<audio_x>"), "but lacks <audio_2>");
  }

  private void assertRefused(String tokens, String message) throws IOException {
    Files.writeString(directory.resolve("added_tokens.json"), tokens);
    assertThatThrownBy(() -> BaseCheckpoint.open(directory).tokens(3))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(message);
  }
}
