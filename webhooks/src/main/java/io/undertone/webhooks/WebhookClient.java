package io.undertone.webhooks;

import io.undertone.webhooks.Outcome.Delivered;
import io.undertone.webhooks.Outcome.Failed;
import io.undertone.webhooks.Outcome.Refused;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Sends messages to a webhook, one attempt each. */
final class WebhookClient {
  private static final int SUCCESS = 200;
  private static final int REDIRECTION = 300;
  private static final int CLIENT_ERROR = 400;
  private static final int SERVER_ERROR = 500;

  /** Request timeout, too early, too many requests. */
  private static final Set<Integer> LATER = Set.of(408, 425, 429);

  private static final Duration LONGEST_REST = Duration.ofHours(1);

  private final Webhook webhook;
  private final InstantSource clock;
  private final HttpClient client;

  WebhookClient(Webhook webhook, InstantSource clock) {
    this.webhook = webhook;
    this.clock = clock;
    // A redirection would take the call's data, and the secret header, to somewhere else.
    client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(webhook.timeout())
            .build();
  }

  /** Never fails: what went wrong is an outcome. */
  CompletableFuture<Outcome> send(Message message) {
    return client
        .sendAsync(request(message), BodyHandlers.discarding())
        .handle((answer, failure) -> answer == null ? failed(failure) : outcome(answer));
  }

  private HttpRequest request(Message message) {
    long seconds = clock.instant().getEpochSecond();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(webhook.url())
            .timeout(webhook.timeout())
            .header("Content-Type", "application/json")
            .header("User-Agent", "undertone")
            .header("webhook-id", message.id())
            .header("webhook-timestamp", Long.toString(seconds))
            .POST(HttpRequest.BodyPublishers.ofString(message.body()));
    if (webhook.secret() != null) {
      request.header(
          "webhook-signature",
          Signature.of(webhook.secret(), message.id(), seconds, message.body()));
    }
    if (webhook.authorization() != null) {
      request.header("Authorization", webhook.authorization());
    }
    return request.build();
  }

  private static Outcome failed(@Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return new Failed(String.valueOf(cause), Optional.empty());
  }

  private static Outcome outcome(HttpResponse<?> answer) {
    int status = answer.statusCode();
    if (status >= SUCCESS && status < REDIRECTION) {
      return new Delivered();
    }
    String reason = "it answers with status " + status;
    boolean refused = status >= CLIENT_ERROR && status < SERVER_ERROR && !LATER.contains(status);
    return refused ? new Refused(reason) : new Failed(reason, rest(answer));
  }

  private static Optional<Duration> rest(HttpResponse<?> answer) {
    return answer
        .headers()
        .firstValue("Retry-After")
        .filter(value -> value.matches("\\d{1,9}"))
        .map(value -> Duration.ofSeconds(Long.parseLong(value)))
        .map(rest -> rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest);
  }
}
