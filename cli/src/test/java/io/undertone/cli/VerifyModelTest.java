package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifyModelTest {
  private static final String FIXTURES = "../networks/src/test/resources/";

  @Test
  void theLastLineComparesALanguageModel() throws JsonProcessingException {
    CommandRun run = CommandRun.of("verify-model", FIXTURES + "tiny-llama");

    assertThat(run.status()).isZero();
    assertThat(lastLine(run).at("/passed").asBoolean()).isTrue();
    assertThat(lastLine(run).at("/maxLogitError").asDouble()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"bfloat16, 3e-02, 3e-01", "float16, 4e-03, 1e-01"})
  void aPrecisionHasItsOwnTolerances(String precision, String tolerance, String ofLora)
      throws JsonProcessingException {
    CommandRun run =
        CommandRun.of("verify-model", FIXTURES + "tiny-llama", "--precision", precision);

    assertThat(run.status()).isZero();
    assertThat(run.out().get(0))
        .isEqualTo(
            "agrees with the reference: in %s no relative difference may be above %s, or %s of the"
                + " LoRA",
            precision, tolerance, ofLora);
    assertThat(lastLine(run).at("/precision").asText()).isEqualToIgnoringCase(precision);
    assertThat(lastLine(run).at("/tolerance").asDouble()).isEqualTo(Double.parseDouble(tolerance));
  }

  @Test
  void anEncoderIsComparedInBothOfItsPrecisions() {
    CommandRun run =
        CommandRun.of("verify-model", "../models/whisper-base-encoder", "--precision", "float16");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .singleElement()
        .asString()
        .contains("--precision must not be given with an encoder");
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
  void fixturesHaveNoOtherReference() {
    CommandRun run = CommandRun.of("verify-model", FIXTURES + "tiny-llama", "--expected", "other");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .singleElement()
        .asString()
        .contains("--expected must not be given with fixtures");
  }

  @Test
  void aModelsFolderNeedsItsReference() {
    CommandRun run = CommandRun.of("verify-model", "../models/undertone-small");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .singleElement()
        .asString()
        .contains("--expected must be given with a model's folder");
  }

  private static JsonNode lastLine(CommandRun run) throws JsonProcessingException {
    List<String> out = run.out();
    return new ObjectMapper().readTree(out.get(out.size() - 1));
  }
}
