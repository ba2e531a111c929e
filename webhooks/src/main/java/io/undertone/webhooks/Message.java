package io.undertone.webhooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertone.schemas.Alert;
import io.undertone.schemas.AlertState;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An alert as a webhook gets it.
 *
 * @param id the same for the same state of the alert, after every replay
 * @param body JSON in the form of Prometheus Alertmanager's webhook, version 4
 */
record Message(String id, String body) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NOT_YET = "0001-01-01T00:00:00Z";
  private static final Pattern NO_LABEL = Pattern.compile("[^A-Za-z0-9_]");
  private static final String ERASED_RULE = "CallErased";

  /**
   * Empty if there is nothing to send: an alert that is pending, or that never fired.
   *
   * @param dashboard where the dashboard is; null if nobody says so
   */
  static Optional<Message> of(Alert alert, @Nullable URI dashboard) {
    boolean sent =
        switch (alert.getState()) {
          case FIRING, ERASED -> true;
          case RESOLVED -> alert.getFiredAtMs() != null;
          case PENDING, OTHER -> false;
        };
    return sent
        ? Optional.of(
            new Message(alert.getAlertId() + "-" + alert.getState(), body(alert, dashboard)))
        : Optional.empty();
  }

  private static String body(Alert alert, @Nullable URI dashboard) {
    String status = alert.getState() == AlertState.FIRING ? "firing" : "resolved";
    Map<String, String> labels = labels(alert);
    Map<String, String> annotations = annotations(alert);
    ObjectNode document = JSON.createObjectNode();
    document
        .put("version", "4")
        .put("groupKey", alert.getAlertId())
        .put("truncatedAlerts", 0)
        .put("status", status)
        .put("receiver", "undertone");
    document.set("groupLabels", JSON.valueToTree(labels));
    document.set("commonLabels", JSON.valueToTree(labels));
    document.set("commonAnnotations", JSON.valueToTree(annotations));
    document.put("externalURL", dashboard == null ? "" : dashboard.toString());
    ObjectNode one = document.putArray("alerts").addObject();
    one.put("status", status);
    one.set("labels", JSON.valueToTree(labels));
    one.set("annotations", JSON.valueToTree(annotations));
    one.put("startsAt", Instant.ofEpochMilli(alert.getStartsAtMs()).toString())
        .put("endsAt", endsAt(alert))
        .put("generatorURL", dashboard == null ? "" : address(dashboard, alert))
        .put("fingerprint", alert.getAlertId());
    try {
      return JSON.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("every document can be written", e);
    }
  }

  /** For machines. Those of the rule, but they cannot hide which call it is. */
  private static Map<String, String> labels(Alert alert) {
    Map<String, String> labels = new TreeMap<>(alert.getLabels());
    alert
        .getAttributes()
        .forEach(
            (name, value) ->
                labels.put("attribute_" + NO_LABEL.matcher(name).replaceAll("_"), value));
    labels.put("alertname", isErasure(alert) ? ERASED_RULE : alert.getRule());
    labels.put("tenant", alert.getTenant());
    labels.put("conversation", alert.getConversationId());
    labels.put("role", alert.getParticipantRole());
    return labels;
  }

  /** For people. */
  private static Map<String, String> annotations(Alert alert) {
    Map<String, String> annotations = new TreeMap<>(alert.getAnnotations());
    if (isErasure(alert)) {
      annotations.put("summary", "The call was erased on request: delete what you keep of it");
    } else {
      annotations.put("reason", alert.getReason());
    }
    return annotations;
  }

  private static boolean isErasure(Alert alert) {
    return alert.getState() == AlertState.ERASED;
  }

  private static String endsAt(Alert alert) {
    Long endsAtMs = alert.getEndsAtMs();
    if (endsAtMs != null) {
      return Instant.ofEpochMilli(endsAtMs).toString();
    }
    return isErasure(alert) ? Instant.ofEpochMilli(alert.getEventTimeMs()).toString() : NOT_YET;
  }

  /** The call's page. */
  private static String address(URI dashboard, Alert alert) {
    return dashboard
        .resolve(
            "call?tenant=%s&conversation=%s"
                .formatted(encoded(alert.getTenant()), encoded(alert.getConversationId())))
        .toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
