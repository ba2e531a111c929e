package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.model.FakeEmotionModelFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The demo opens with the dashboard. */
class DemoDashboardTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern ADDRESS = Pattern.compile("dashboard: (http://localhost:\\d+/)");

  private final HttpClient client = HttpClient.newHttpClient();
  private final StringWriter err = new StringWriter();

  @Test
  void itsAddressComesFirstAndShowsTheCalls(@TempDir Path directory)
      throws IOException, InterruptedException {
    String model = CommandRun.modelIn(directory);
    CommandLine commands =
        Undertone.commandLine((folder, prior, arithmetic, device) -> new FakeEmotionModelFactory());
    commands.setOut(new PrintWriter(new StringWriter())).setErr(new PrintWriter(err));
    String calls = CommandRun.CALLS.toString();
    Thread demo =
        new Thread(
            () ->
                commands.execute(
                    "demo", "--dashboard-port", "0", "--model", model, "--calls", calls));
    demo.start();
    try {
      String address = address(demo);
      assertThat(err.toString()).doesNotContain("Kafka: ");

      JsonNode call =
          await(address + "api/v1/snapshot", snapshot -> !snapshot.path("calls").isEmpty())
              .at("/calls/0");

      assertThat(call.get("live").asBoolean()).isTrue();
      assertThat(call.at("/sides/0/role").asText()).isEqualTo("CUSTOMER");
      assertThat(call.at("/attributes/queue").asText()).isNotEmpty();
      await(address + "api/v1/snapshot", snapshot -> snapshot.path("takesFeedback").asBoolean());
    } finally {
      demo.interrupt();
      demo.join(PATIENCE.toMillis());
    }
    assertThat(demo.isAlive()).isFalse();
  }

  private String address(Thread demo) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (demo.isAlive() && System.nanoTime() < deadline) {
      Matcher address = ADDRESS.matcher(err.toString());
      if (address.find()) {
        return address.group(1);
      }
      Thread.onSpinWait();
    }
    return fail("no dashboard: " + err);
  }

  private JsonNode await(String document, Predicate<JsonNode> wanted)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(document)).build();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String answer = "";
    while (System.nanoTime() < deadline) {
      answer = client.send(request, BodyHandlers.ofString()).body();
      JsonNode json = new ObjectMapper().readTree(answer);
      if (wanted.test(json)) {
        return json;
      }
    }
    return fail("not within " + PATIENCE + ": " + answer);
  }
}
