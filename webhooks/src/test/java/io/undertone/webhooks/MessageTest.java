package io.undertone.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertone.schemas.Alert;
import io.undertone.schemas.AlertState;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageTest {
  private static final URI DASHBOARD = URI.create("https://undertone.example/");

  @Test
  void hasTheFormOfAlertmanager() throws JsonProcessingException {
    Alert alert = TestAlerts.of("c 1", AlertState.FIRING);
    alert.setAttributes(Map.of("agent-id", "a7"));

    Message message = Message.of(alert, DASHBOARD).orElseThrow();

    assertThat(message.id()).isEqualTo("c 1-alert-FIRING");
    JsonNode body = json(message);
    assertThat(body.get("version").asText()).isEqualTo("4");
    assertThat(body.get("status").asText()).isEqualTo("firing");
    assertThat(body.get("externalURL").asText()).isEqualTo("https://undertone.example/");
    JsonNode one = body.at("/alerts/0");
    assertThat(one.get("labels").toString())
        .isEqualTo(
            "{\"alertname\":\"SustainedAnger\",\"attribute_agent_id\":\"a7\","
                + "\"conversation\":\"c 1\",\"role\":\"CUSTOMER\",\"severity\":\"page\","
                + "\"tenant\":\"acme\"}");
    assertThat(one.at("/annotations/reason").asText()).isEqualTo("3 utterances angry");
    assertThat(one.get("startsAt").asText()).isEqualTo("2023-11-14T22:13:20Z");
    assertThat(one.get("endsAt").asText()).isEqualTo("0001-01-01T00:00:00Z");
    assertThat(one.get("fingerprint").asText()).isEqualTo("c 1-alert");
    assertThat(one.get("generatorURL").asText())
        .isEqualTo("https://undertone.example/call?tenant=acme&conversation=c+1");
  }

  @Test
  void aRulesLabelsCannotHideTheCall() throws JsonProcessingException {
    Alert alert = TestAlerts.of("c1", AlertState.FIRING);
    alert.setLabels(Map.of("tenant", "globex", "alertname", "Other"));

    JsonNode labels = json(Message.of(alert, null).orElseThrow()).at("/commonLabels");

    assertThat(labels.get("tenant").asText()).isEqualTo("acme");
    assertThat(labels.get("alertname").asText()).isEqualTo("SustainedAnger");
  }

  @Test
  void whatIsResolvedIsSentIfItFired() throws JsonProcessingException {
    Alert alert = TestAlerts.of("c1", AlertState.RESOLVED);

    JsonNode one = json(Message.of(alert, null).orElseThrow()).at("/alerts/0");
    assertThat(one.get("status").asText()).isEqualTo("resolved");
    assertThat(one.get("endsAt").asText()).isEqualTo("2023-11-14T22:13:30Z");

    alert.setFiredAtMs(null);
    assertThat(Message.of(alert, null)).isEmpty();
    assertThat(Message.of(TestAlerts.of("c1", AlertState.PENDING), null)).isEmpty();
  }

  private static JsonNode json(Message message) throws JsonProcessingException {
    return new ObjectMapper().readTree(message.body());
  }
}
