package io.undertone.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.undertone.dashboard.access.OpenAccess;
import io.undertone.dashboard.access.TokenAccess;
import io.undertone.dashboard.web.CannotListenException;
import io.undertone.schemas.AlertState;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.LabelFeedback;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard's server on a real broker. Each test has calls of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class DashboardIT {
  /** Of the tokens "a" and "b". */
  private static final String USERS =
      """
      anna ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb acme
      bert 3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d globex
      """;

  /** Of the token "c". */
  private static final String CARLS_HASH =
      "2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6";

  private static final String[] CARL = {"Authorization", "Bearer c"};
  private static final String[] ANNA = {"Authorization", "Bearer a"};
  private static final String[] BERT = {"Authorization", "Bearer b"};

  private Rig rig = new Rig();

  @BeforeAll
  void awaitHistory() {
    awaitReady();
  }

  @AfterEach
  void openForAll() {
    if (rig.get("api/v1/status").statusCode() == 401) {
      rig.restart(new OpenAccess());
      awaitReady();
    }
  }

  @AfterAll
  void close() {
    rig.close();
  }

  @Test
  void aScreenGetsASnapshotAndThenWhatChanges() throws IOException, InterruptedException {
    rig.events().send(spoken("acme", "first", 0, "angry"));
    awaitCall("acme", "first");
    try (EventStream stream = EventStream.open(rig)) {
      EventStream.Message snapshot = stream.next();
      assertThat(snapshot.event()).isEqualTo("snapshot");
      assertThat(row(snapshot.data(), "first").get("need").asInt()).isPositive();

      rig.events().send(spoken("acme", "second", 0, "happy"));
      EventStream.Message delta =
          stream.next(message -> !row(message.data(), "second").isMissingNode());

      assertThat(delta.event()).isEqualTo("delta");
      assertThat(delta.id()).matches("\\d+:\\d+(,\\d+:\\d+)*").isNotEqualTo(snapshot.id());
      assertThat(row(delta.data(), "first").isMissingNode()).isTrue();
      assertThat(row(delta.data(), "second").at("/sides/0/emotion").asText()).isEqualTo("happy");
    }
  }

  @Test
  void aCallHasAllItsUtterances() {
    EmotionEvent first = spoken("acme", "whole/call ü", 0, "happy");
    first.setAttributes(Map.of("queue", "billing"));
    first.setProbabilitiesWithoutMemory(Events.mostly("neutral", 0.5));
    rig.events().send(first, spoken("acme", "whole/call ü", 1, "sad"));
    Rig.await(
        "two utterances", () -> rig.call("acme", "whole/call ü").path("utterances").size() == 2);

    JsonNode call = rig.call("acme", "whole/call ü");
    assertThat(call.at("/utterances/0/withoutMemory/neutral").asDouble()).isEqualTo(0.5);
    assertThat(call.at("/utterances/1/withoutMemory").isNull()).isTrue();
    assertThat(call.at("/utterances/1/emotion").asText()).isEqualTo("sad");
    assertThat(call.at("/row/attributes/queue").asText()).isEqualTo("billing");
    assertThat(call.at("/summary").isNull()).isTrue();
  }

  @Test
  void anErasedCallVanishesEverywhereAtOnce() throws IOException, InterruptedException {
    rig.events().send(spoken("acme", "secret", 0, "sad"));
    awaitCall("acme", "secret");
    try (EventStream stream = EventStream.open(rig)) {
      assertThat(row(stream.next().data(), "secret").isMissingNode()).isFalse();

      rig.events().send(Events.erased("acme", "secret"));
      JsonNode removed = stream.next(message -> !message.data().get("removed").isEmpty()).data();

      assertThat(removed.at("/removed/0/conversation").asText()).isEqualTo("secret");
      assertThat(removed.at("/removed/0/erased").asBoolean()).isTrue();
      assertThat(rig.call("acme", "secret").has("error")).isTrue();
      assertThat(rig.json("api/v1/calls?text=secret").get("total").asInt()).isZero();
      assertThat(rig.json("api/v1/snapshot").toString()).doesNotContain("secret");
    }
    rig.restart(new OpenAccess());
    awaitReady();
    assertThat(rig.call("acme", "secret").has("error")).isTrue();
    assertThat(rig.json("api/v1/snapshot").toString()).doesNotContain("secret");
  }

  @Test
  void historySurvivesARestart() {
    rig.events()
        .send(
            spoken("acme", "over", 0, "angry"),
            Events.end("acme", "over", 3000, System.currentTimeMillis(), "angry"));
    Rig.await(
        "the end",
        () -> rig.call("acme", "over").at("/summary/endReason").asText().equals("LAST_CHUNK"));
    JsonNode before = rig.call("acme", "over");

    rig.restart(new OpenAccess());
    awaitReady();

    assertThat(rig.call("acme", "over")).isEqualTo(before);
    JsonNode found = rig.json("api/v1/calls?live=false&emotion=angry&text=OVE");
    assertThat(found.at("/calls/0/conversation").asText()).isEqualTo("over");
  }

  @Test
  void anAlertPutsACallFirstUntilItIsResolved() {
    EmotionEvent event = spoken("acme", "alarming", 0, "neutral");
    rig.events().send(event);
    awaitCall("acme", "alarming");
    int calm = rig.call("acme", "alarming").at("/row/need").asInt();

    rig.events().send(Events.alert(event, AlertState.FIRING));
    Rig.await("the alert", () -> rig.call("acme", "alarming").at("/row/alerts").size() == 1);
    JsonNode call = rig.call("acme", "alarming");
    assertThat(call.at("/row/need").asInt()).isGreaterThanOrEqualTo(50 + calm / 2);
    assertThat(call.at("/row/alerts/0/rule").asText()).isEqualTo("SustainedAnger");
    assertThat(call.at("/alerts/0/evidence/0").asText()).isEqualTo(event.getEventId());

    rig.events().send(Events.alert(event, AlertState.RESOLVED));
    Rig.await("the end", () -> rig.call("acme", "alarming").at("/row/alerts").isEmpty());
    assertThat(rig.call("acme", "alarming").at("/row/need").asInt()).isEqualTo(calm);
    assertThat(rig.call("acme", "alarming").at("/alerts/0/state").asText()).isEqualTo("RESOLVED");
  }

  @Test
  void anAcknowledgedAlertIsNoReasonToLookAndStaysSoAfterARestart() {
    EmotionEvent event = alarming("seen");
    int alarmed = rig.call("acme", "seen").at("/row/need").asInt();
    long before = System.currentTimeMillis();

    var answer = rig.post("api/v1/alert-response", response("seen", event, "ACKNOWLEDGED"));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    awaitHandling("seen", "acknowledgedBy", "local");
    JsonNode call = rig.call("acme", "seen");
    assertThat(call.at("/row/need").asInt()).isLessThan(alarmed);
    assertThat(call.at("/row/alerts/0/handling")).isEqualTo(call.at("/alerts/0/handling"));
    assertThat(call.at("/alerts/0/handling/acknowledgedAtMs").asLong())
        .isBetween(before, System.currentTimeMillis());
    assertThat(call.at("/alerts/0/handling/claimedBy").isNull()).isTrue();
    assertThat(rig.audit().stream().filter(line -> line.contains("\"seen\"")))
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("\"visitor\":\"local\",\"action\":\"ACKNOWLEDGED\"")
                    .contains("\"alertId\":\"seen-alert\""));

    rig.restart(new OpenAccess());
    awaitReady();
    assertThat(rig.call("acme", "seen")).isEqualTo(call);
  }

  @Test
  void whoClaimsAnAlertFirstHasItUntilItIsReleased(@TempDir Path folder) throws IOException {
    EmotionEvent event = alarming("claimed");
    String users = USERS.replace("globex", "acme,globex") + "carl " + CARLS_HASH + " globex\n";
    rig.restart(TokenAccess.read(Files.writeString(folder.resolve("users"), users)));
    Rig.await("history", () -> rig.get("api/v1/status", ANNA).statusCode() == 200);
    String claim = response("claimed", event, "CLAIMED");

    assertThat(rig.post("api/v1/alert-response", claim, CARL).statusCode()).isEqualTo(404);
    assertThat(rig.post("api/v1/alert-response", claim).statusCode()).isEqualTo(401);
    assertThat(rig.post("api/v1/alert-response", claim, ANNA).statusCode()).isEqualTo(200);
    awaitHandling("claimed", "claimedBy", "anna", ANNA);
    var late = rig.post("api/v1/alert-response", claim, BERT);
    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(late.body()).contains("claimed by anna");

    rig.post("api/v1/alert-response", response("claimed", event, "RELEASED"), BERT);
    awaitHandling("claimed", "claimedBy", "null", ANNA);
    rig.post("api/v1/alert-response", claim, BERT);
    awaitHandling("claimed", "claimedBy", "bert", ANNA);
  }

  @Test
  void aResponseMustBeToAnAlertAndOfAKnownKind() {
    EmotionEvent event = alarming("odd");

    var kind = rig.post("api/v1/alert-response", response("odd", event, "SNOOZED"));
    assertThat(kind.statusCode()).isEqualTo(400);
    assertThat(kind.body()).contains("ACKNOWLEDGED, CLAIMED, RELEASED, but is SNOOZED");
    String unknown = response("odd", event, "CLAIMED").replace("odd-alert", "none");
    assertThat(rig.post("api/v1/alert-response", unknown).statusCode()).isEqualTo(404);
    assertThat(rig.post("api/v1/alert-response", "[]").statusCode()).isEqualTo(400);
  }

  @Test
  void anErasedCallsResponsesAreGoneToo() {
    EmotionEvent event = alarming("forgotten");
    rig.post("api/v1/alert-response", response("forgotten", event, "CLAIMED"));
    awaitHandling("forgotten", "claimedBy", "local");

    rig.events().send(Events.erased("acme", "forgotten"));
    Rig.await("the erasure", () -> rig.call("acme", "forgotten").has("error"));
    assertThat(
            rig.post("api/v1/alert-response", response("forgotten", event, "RELEASED"))
                .statusCode())
        .isEqualTo(404);

    rig.restart(new OpenAccess());
    awaitReady();
    assertThat(rig.call("acme", "forgotten").has("error")).isTrue();
    assertThat(rig.json("api/v1/snapshot").toString()).doesNotContain("forgotten");
  }

  /** A call with an alert that fires. */
  private EmotionEvent alarming(String conversation) {
    EmotionEvent event = spoken("acme", conversation, 0, "angry");
    rig.events().send(event);
    rig.events().send(Events.alert(event, AlertState.FIRING));
    Rig.await("the alert", () -> rig.call("acme", conversation).at("/row/alerts").size() == 1);
    return event;
  }

  private static String response(String conversation, EmotionEvent event, String kind) {
    return "{\"tenant\":\"acme\",\"conversation\":\"%s\",\"alertId\":\"%s\",\"kind\":\"%s\"}"
        .formatted(conversation, Events.alert(event, AlertState.FIRING).getAlertId(), kind);
  }

  private void awaitHandling(String conversation, String field, String name, String... headers) {
    Rig.await(
        field + " " + name,
        () ->
            rig.call("acme", conversation, headers)
                .at("/alerts/0/handling/" + field)
                .asText()
                .equals(name));
  }

  @Test
  void feedbackIsStoredWithWhoAndWhen() {
    EmotionEvent event = spoken("acme", "mislabelled", 0, "angry");
    rig.events().send(event);
    awaitCall("acme", "mislabelled");
    String opinion =
        "{\"tenant\":\"acme\",\"conversation\":\"%s\",\"eventId\":\"%s\",\"rightEmotion\":\"neutral\"}";
    long before = System.currentTimeMillis();

    var answer = rig.post("api/v1/feedback", opinion.formatted("mislabelled", event.getEventId()));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    LabelFeedback stored = rig.feedback().get(0);
    assertThat(stored.getEventId()).isEqualTo(event.getEventId());
    assertThat(stored.getEmotion()).isEqualTo("angry");
    assertThat(stored.getRightEmotion()).isEqualTo("neutral");
    assertThat(stored.getAuthor()).isEqualTo("local");
    assertThat(stored.getTimeMs()).isBetween(before, System.currentTimeMillis());
    assertThat(stored.getProbabilities()).isEqualTo(event.getProbabilities());
    assertThat(
            rig.post("api/v1/feedback", opinion.formatted("mislabelled", "unknown")).statusCode())
        .isEqualTo(404);
  }

  @Test
  void theTrendCountsWhatCustomersSaid() {
    rig.events().send(spoken("trend", "t1", 0, "angry"), spoken("trend", "t1", 1, "happy"));
    awaitCall("trend", "t1");

    JsonNode trend = rig.json("api/v1/trend?minutes=60");

    assertThat(trend.get("stepMs").asLong()).isEqualTo(3_600_000);
    assertThat(trend.at("/periods/0/negative").asInt()).isPositive();
  }

  @Test
  void whatIsNoEventIsSkippedAndCounted() {
    long before = rig.json("api/v1/status").get("unreadableRecords").asLong();
    rig.events().send(EventTopic.NAME, "acme/x", "not an event".getBytes(StandardCharsets.UTF_8));
    rig.events().send(spoken("acme", "after", 0, "sad"));
    awaitCall("acme", "after");

    Rig.await(
        "the count",
        () -> rig.json("api/v1/status").get("unreadableRecords").asLong() == before + 1);
  }

  @Test
  void eachVisitorSeesTheirTenantsOnly(@TempDir Path folder)
      throws IOException, InterruptedException {
    rig.events().send(spoken("acme", "hers", 0, "sad"), spoken("globex", "his", 0, "sad"));
    awaitCall("acme", "hers");
    awaitCall("globex", "his");
    rig.restart(TokenAccess.read(Files.writeString(folder.resolve("users"), USERS)));
    Rig.await("history", () -> rig.get("api/v1/status", ANNA).statusCode() == 200);

    assertThat(rig.get("api/v1/snapshot").statusCode()).isEqualTo(401);
    assertThat(rig.get("api/v1/ready").body()).isEqualTo("{\"ready\":true}");
    assertThat(rig.call("acme", "hers", ANNA).has("row")).isTrue();
    assertThat(rig.call("acme", "hers", BERT).has("error")).isTrue();
    assertThat(rig.json("api/v1/calls?limit=500", BERT).toString())
        .contains("his")
        .doesNotContain("acme");
    Rig.await("the snapshot", () -> rig.json("api/v1/snapshot", ANNA).toString().contains("hers"));
    try (EventStream stream = EventStream.open(rig, ANNA)) {
      assertThat(stream.next().data().toString()).contains("hers").doesNotContain("globex");
      rig.events().send(spoken("globex", "his", 1, "sad"), spoken("acme", "hers", 1, "sad"));

      JsonNode delta = stream.next(message -> !message.data().get("calls").isEmpty()).data();
      assertThat(delta.toString()).contains("hers").doesNotContain("globex");
    }
  }

  @Test
  void aTokenLogsIn(@TempDir Path folder) throws IOException {
    rig.restart(TokenAccess.read(Files.writeString(folder.resolve("users"), USERS)));

    assertThat(rig.json("api/v1/session").get("name").isNull()).isTrue();
    assertThat(rig.post("api/v1/session", "{\"token\":\"c\"}").statusCode()).isEqualTo(401);
    var answer = rig.post("api/v1/session", "{\"token\":\"a\"}");
    assertThat(answer.statusCode()).isEqualTo(200);
    String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict");

    JsonNode session = rig.json("api/v1/session", "Cookie", cookie.split(";")[0]);
    assertThat(session.get("name").asText()).isEqualTo("anna");
    assertThat(session.get("tenants").toString()).isEqualTo("[\"acme\"]");
  }

  @Test
  void theAuditLogSaysOnceWhoOpenedACall() {
    rig.events().send(spoken("acme", "opened", 0, "sad"));
    awaitCall("acme", "opened");
    rig.call("acme", "opened");

    assertThat(rig.audit().stream().filter(line -> line.contains("\"opened\"")))
        .singleElement()
        .asString()
        .contains("\"visitor\":\"local\",\"action\":\"OPENED\",\"tenant\":\"acme\"");
  }

  @Test
  void aScreenThatDoesNotReadIsDropped() throws IOException {
    long before = rig.json("api/v1/status").get("droppedScreens").asLong();
    URI address = URI.create(rig.address());
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
      socket
          .getOutputStream()
          .write(
              "GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      Rig.await(
          "the end of patience",
          () -> {
            for (int call = 0; call < 500; call++) {
              rig.events().sendSoon(spoken("slow", "call-" + call, 0, "sad"));
            }
            return rig.json("api/v1/status").get("droppedScreens").asLong() == before + 1;
          });
    }
  }

  @Test
  void saysThatKafkaIsAway() {
    try (Rig lonely = new Rig()) {
      Rig.await("the history", () -> lonely.get("api/v1/status").statusCode() == 200);
      lonely.stopKafka();

      Rig.await("the failure", () -> lonely.get("api/v1/status").statusCode() == 503);
      assertThat(lonely.json("api/v1/status").get("failure").asText()).isNotEmpty();
      assertThat(lonely.get("api/v1/ready").statusCode()).isEqualTo(503);
      assertThat(lonely.json("api/v1/snapshot").get("kafkaAway").asBoolean()).isTrue();
    }
  }

  @Test
  void foreignPagesCannotUseTheBrowsersCookie() {
    assertThat(rig.post("api/v1/session", "{}", "Origin", "https://evil.example").statusCode())
        .isEqualTo(403);
  }

  @Test
  void everythingIsProtectedByAContentSecurityPolicy() {
    for (String path : new String[] {"", "call", "wall", "history", "api/v1/snapshot"}) {
      assertThat(rig.get(path).statusCode()).isEqualTo(200);
      assertThat(rig.get(path).headers().firstValue("Content-Security-Policy").orElse(""))
          .startsWith("default-src 'none'; script-src 'self'");
    }
  }

  @Test
  void thePageNeedsNoOtherHost() {
    for (String asset : new String[] {"", "assets/dashboard.js", "assets/dashboard.css"}) {
      String content = rig.get(asset).body();
      assertThat(content).isNotBlank();
      assertThat(content.replace("http://www.w3.org/", ""))
          .doesNotContain("http://")
          .doesNotContain("https://");
    }
  }

  @Test
  void aParameterOutOfBoundsIsNamed() {
    var answer = rig.get("api/v1/calls?limit=0");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("limit must be from 1 to 500, but is 0");
    assertThat(rig.get("api/v1/call?tenant=acme").body()).contains("conversation is missing");
    var furious = rig.get("api/v1/calls?emotion=furious");
    assertThat(furious.statusCode()).isEqualTo(400);
    assertThat(furious.body()).contains("emotion must be one of angry, ").contains("furious");
    assertThat(rig.get("api/v1/calls?role=BOSS").statusCode()).isEqualTo(400);
    assertThat(rig.get("api/v1/calls?role=AGENT&emotion=uncertain").statusCode()).isEqualTo(200);
  }

  @Test
  void anUnknownRouteOfTheApiIsADocumentToo() {
    var answer = rig.get("api/v1/history");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(Rig.parse(answer.body()).get("error").asText())
        .isEqualTo("the API has no GET /api/v1/history");
    assertThat(rig.post("api/v1/calls", "{}").statusCode()).isEqualTo(404);
  }

  @Test
  void aTakenPortIsNamed() {
    int port = URI.create(rig.address()).getPort();

    assertThatThrownBy(() -> rig.startAgain(port, new OpenAccess()))
        .isInstanceOf(CannotListenException.class)
        .hasMessageContaining("port " + port);
  }

  private void awaitReady() {
    Rig.await("the history", () -> rig.get("api/v1/status").statusCode() == 200);
  }

  private void awaitCall(String tenant, String conversation) {
    Rig.await(
        conversation,
        () ->
            !row(rig.json("api/v1/snapshot"), conversation).isMissingNode()
                && rig.call(tenant, conversation).has("row"));
  }

  private static JsonNode row(JsonNode news, String conversation) {
    for (JsonNode row : news.path("calls")) {
      if (row.path("conversation").asText().equals(conversation)) {
        return row;
      }
    }
    return news.path("missing");
  }

  private static EmotionEvent spoken(
      String tenant, String conversation, int index, String emotion) {
    return Events.utterance(
        tenant,
        conversation,
        index,
        index * 4000L,
        index * 4000L + 3000,
        System.currentTimeMillis() - 3000,
        Events.mostly(emotion, 0.8));
  }
}
