package io.undertone.dashboard.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.javalin.http.Context;
import io.undertone.dashboard.access.AuditLog;
import io.undertone.dashboard.access.Visitor;
import io.undertone.dashboard.calls.CallKey;
import io.undertone.dashboard.calls.CallWindow;
import io.undertone.dashboard.calls.RaisedAlert;
import io.undertone.dashboard.view.Json;
import io.undertone.schemas.AlertResponse;
import io.undertone.schemas.AlertResponseKind;
import org.jspecify.annotations.Nullable;

/**
 * Takes what somebody does about an alert. It is written to a topic; the screens learn of it from
 * there, so that all dashboards show the same.
 */
final class ResponseApi {
  private final CallWindow window;
  private final RecordStore store;
  private final AuditLog audit;

  ResponseApi(CallWindow window, RecordStore store, AuditLog audit) {
    this.window = window;
    this.store = store;
    this.audit = audit;
  }

  private record Response(
      @Nullable String tenant,
      @Nullable String conversation,
      @Nullable String alertId,
      @Nullable String kind) {

    CallKey call() {
      return new CallKey(String.valueOf(tenant), String.valueOf(conversation));
    }
  }

  void respond(Context context) {
    Visitor visitor = Guard.visitor(context);
    Response response = response(context);
    AlertResponseKind kind = kind(response);
    RaisedAlert alert = alert(visitor, response);
    String claimedBy = alert.handling().claimedBy();
    if (kind == AlertResponseKind.CLAIMED
        && claimedBy != null
        && !claimedBy.equals(visitor.name())) {
      throw new Problem(409, "the alert is claimed by " + claimedBy + "; release it first");
    }
    audit.responds(visitor, response.call(), alert.alertId(), kind);
    AlertResponse record =
        AlertResponse.newBuilder()
            .setTenant(response.call().tenant())
            .setConversationId(response.call().conversation())
            .setAlertId(alert.alertId())
            .setKind(kind)
            .setAuthor(visitor.name())
            .setTimeMs(System.currentTimeMillis())
            .build();
    store.store(context, response.call(), record::toByteBuffer);
  }

  private RaisedAlert alert(Visitor visitor, Response response) {
    CallKey key = response.call();
    return window
        .call(key)
        .filter(call -> visitor.maySee(key))
        .flatMap(
            call ->
                call.alerts().stream()
                    .filter(raised -> raised.alertId().equals(response.alertId()))
                    .findFirst())
        .orElseThrow(() -> new Problem(404, "no such alert"));
  }

  private static AlertResponseKind kind(Response response) {
    return switch (String.valueOf(response.kind())) {
      case "ACKNOWLEDGED" -> AlertResponseKind.ACKNOWLEDGED;
      case "CLAIMED" -> AlertResponseKind.CLAIMED;
      case "RELEASED" -> AlertResponseKind.RELEASED;
      default ->
          throw new Problem(
              400,
              "kind must be one of ACKNOWLEDGED, CLAIMED, RELEASED, but is " + response.kind());
    };
  }

  private static Response response(Context context) {
    try {
      return Json.read(context.body(), Response.class);
    } catch (JsonProcessingException e) {
      throw new Problem(400, "the body must have tenant, conversation, alertId and kind");
    }
  }
}
