package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PlanTest {

  @Test
  void endsWithAPlanForEachNumberOfCalls() throws IOException {
    CommandRun run =
        CommandRun.of(
            "plan",
            "--model",
            "../models/undertone-small",
            "--device",
            "core:95:0.45:8",
            "--calls",
            "1000,1000000",
            "--json");

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    JsonNode json = new ObjectMapper().readTree(run.out().get(run.out().size() - 1));
    assertThat(json.path("plans")).hasSize(2);
    JsonNode million = json.path("plans").get(1);
    assertThat(million.path("calls").asLong()).isEqualTo(1_000_000);
    assertThat(million.path("devices").asLong()).isGreaterThan(1_000);
    assertThat(million.path("stateBytes").asLong()).isGreaterThan(500_000_000L);
  }

  @Test
  void knowsLlamaByItsRank() {
    CommandRun run =
        CommandRun.of(
            "plan",
            "--model",
            "llama-2-7b-rank-8",
            "--device",
            "gpu:100000:0.4:80",
            "--calls",
            "1000");

    assertThat(run.status()).isZero();
    assertThat(run.out().get(0)).startsWith("llama-2-7b-rank-8 on gpu");
  }

  @Test
  void whatCannotBePlannedIsAnErrorOfOneLine() {
    CommandRun tooSmall =
        CommandRun.of("plan", "--model", "llama-2-7b-rank-8", "--device", "gpu:100000:0.4:8");
    CommandRun unknown = CommandRun.of("plan", "--model", "llama-2-7b-rank-8", "--device", "gpu");

    assertThat(tooSmall.status()).isEqualTo(2);
    assertThat(String.join("\n", tooSmall.err())).contains("the weights of llama-2-7b-rank-8");
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(String.join("\n", unknown.err())).contains("NAME:GFLOPS:FRACTION:GIB");
  }
}
