package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerifyModelTest {
  private static final String FIXTURES = "../networks/src/test/resources/";

  @Test
  void theLastLineComparesALanguageModel() throws JsonProcessingException {
    CommandRun run = CommandRun.of("verify-model", FIXTURES + "tiny-llama");

    assertThat(run.status()).isZero();
    assertThat(lastLine(run).at("/passed").asBoolean()).isTrue();
    assertThat(lastLine(run).at("/maxLogitError").asDouble()).isPositive();
  }

  @Test
  void theLastLineComparesAnEncoder() throws JsonProcessingException {
    CommandRun run =
        CommandRun.of(
            "verify-model",
            "../models/whisper-base-encoder",
            "--expected",
            FIXTURES + "whisper-base/expected.safetensors");

    assertThat(run.status()).isZero();
    assertThat(lastLine(run).at("/passed").asBoolean()).isTrue();
    assertThat(lastLine(run).at("/maxLayerError").asDouble()).isPositive();
  }

  @Test
  void anEncodersReferenceIsLookedForBesideIt() {
    CommandRun run = CommandRun.of("verify-model", "../models/whisper-base-encoder");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .singleElement()
        .asString()
        .contains("whisper-base-encoder/expected.safetensors: file must exist");
  }

  @Test
  void aLanguageModelHasNoOtherReference() {
    CommandRun run = CommandRun.of("verify-model", FIXTURES + "tiny-llama", "--expected", "other");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .singleElement()
        .asString()
        .contains("--expected must not be given without an encoder");
  }

  private static JsonNode lastLine(CommandRun run) throws JsonProcessingException {
    List<String> out = run.out();
    return new ObjectMapper().readTree(out.get(out.size() - 1));
  }
}
