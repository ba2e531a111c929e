package io.undertone.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.undertone.dashboard.access.AuditLog;
import io.undertone.dashboard.access.OpenAccess;
import io.undertone.dashboard.calls.AlertHandling;
import io.undertone.dashboard.calls.AttributeChange;
import io.undertone.dashboard.calls.CallSummary;
import io.undertone.dashboard.calls.Characteristics;
import io.undertone.dashboard.calls.Need;
import io.undertone.dashboard.calls.RaisedAlert;
import io.undertone.dashboard.view.CallPage;
import io.undertone.dashboard.view.CallRow;
import io.undertone.dashboard.view.Trend;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The document describes what the server does. */
class OpenApiTest {
  private final JsonNode document = read();

  @Test
  @SuppressWarnings("NullAway") // Routes are named here, never called.
  void listsEveryRoute() {
    Set<String> routes =
        DashboardServer.routes(
                new ReadApi(null, null, null, new AuditLog(line -> {}, Clock.systemUTC())),
                new SessionApi(new OpenAccess()),
                new FeedbackApi(null, null),
                new ResponseApi(null, null, null))
            .stream()
            .map(route -> route.method() + " " + route.path())
            .collect(Collectors.toCollection(TreeSet::new));

    Set<String> described = new TreeSet<>();
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    assertThat(described).isEqualTo(routes);
  }

  @Test
  void describesEveryField() {
    assertFields("/components/schemas/CallRow", CallRow.class);
    assertFields("/components/schemas/SideRow", CallRow.SideRow.class);
    assertFields("/components/schemas/Firing", CallRow.Firing.class);
    assertFields("/components/schemas/Handling", AlertHandling.class);
    assertFields("/components/schemas/Alert", RaisedAlert.class);
    assertFields("/components/schemas/CallPage", CallPage.class);
    assertFields("/components/schemas/Utterance", CallPage.UtteranceView.class);
    assertFields("/components/schemas/Summary", CallPage.SummaryView.class);
    assertFields(
        "/components/schemas/Summary/properties/quarters/items", CallSummary.Quarter.class);
    assertFields("/components/schemas/Characteristics", Characteristics.class);
    assertFields(
        "/components/schemas/Characteristics/properties/interruptions/items",
        Characteristics.Interruption.class);
    assertFields(
        "/components/schemas/Characteristics/properties/voices/items", Characteristics.Voice.class);
    assertFields(
        "/components/schemas/CallPage/properties/attributeChanges/items", AttributeChange.class);
    assertFields("/components/schemas/Trend", Trend.class);
    assertFields("/components/schemas/Trend/properties/periods/items", Trend.Period.class);
  }

  @Test
  void namesEveryReason() {
    JsonNode reasons = document.at("/components/schemas/CallRow/properties/reasons/items/enum");

    assertThat(reasons)
        .extracting(JsonNode::asText)
        .containsExactlyElementsOf(Arrays.stream(Need.Reason.values()).map(Enum::name).toList());
  }

  private void assertFields(String schema, Class<? extends Record> kind) {
    Set<String> described = new TreeSet<>();
    document.at(schema).get("properties").fieldNames().forEachRemaining(described::add);
    Set<String> required = new TreeSet<>();
    document.at(schema).get("required").forEach(name -> required.add(name.asText()));
    Set<String> fields =
        Arrays.stream(kind.getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(described).as(schema).isEqualTo(fields);
    assertThat(required).as(schema).isEqualTo(fields);
  }

  private static JsonNode read() {
    try (InputStream in =
        OpenApiTest.class.getResourceAsStream("/io/undertone/dashboard/openapi.yaml")) {
      return new YAMLMapper().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
