package io.undertone.cli;

import io.undertone.jobs.options.TopicNames;
import io.undertone.webhooks.Notifier;
import io.undertone.webhooks.RetryPolicy;
import io.undertone.webhooks.Webhook;
import io.undertone.webhooks.WebhookService;
import io.undertone.webhooks.WebhookService.Request;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/** A notifier that reads alerts from their beginning, and the web service that it sends them to. */
final class RunningNotifier implements AutoCloseable {
  private static final String ERASURE = "CallErased";
  private static final RetryPolicy RETRIES =
      new RetryPolicy(Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofHours(1));

  private final WebhookService service;
  private final Notifier notifier;
  private final Thread thread;

  private RunningNotifier(WebhookService service, Notifier notifier) {
    this.service = service;
    this.notifier = notifier;
    this.thread = new Thread(notifier::run, "notifier");
  }

  /**
   * Starts it.
   *
   * @param group of consumers
   * @param failing call whose alerts the service never takes
   */
  static RunningNotifier start(String broker, String group, String failing)
      throws ExecutionException, InterruptedException {
    Map<String, Object> client = Map.of("bootstrap.servers", broker);
    String topic = TopicNames.DEFAULT.alerts();
    Map<TopicPartition, OffsetAndMetadata> beginning = new HashMap<>();
    try (Admin admin = Admin.create(client)) {
      TopicDescription alerts =
          admin.describeTopics(List.of(topic)).topicNameValues().values().iterator().next().get();
      for (TopicPartitionInfo partition : alerts.partitions()) {
        beginning.put(new TopicPartition(topic, partition.partition()), new OffsetAndMetadata(0));
      }
      admin.alterConsumerGroupOffsets(group, beginning).all().get();
    }
    WebhookService service = new WebhookService();
    service.answer(
        request ->
            request.conversation().equals(failing) && !request.rule().equals(ERASURE) ? 503 : 200);
    RunningNotifier running =
        new RunningNotifier(
            service,
            new Notifier(
                new Notifier.Settings(
                    new Webhook(service.url(), null, null, Duration.ofSeconds(10)),
                    topic,
                    null,
                    Notifier.DEFAULT_UNDELIVERED,
                    null,
                    RETRIES,
                    Notifier.DEFAULT_READ_AHEAD,
                    group,
                    client,
                    client)));
    running.thread.start();
    return running;
  }

  /** Calls whose alerts were sent, successfully or not. */
  Set<String> calls() {
    return callsOf(service.requests().stream());
  }

  /** Calls whose erasure was sent. */
  Set<String> erasures() {
    return service.requests().stream()
        .filter(RunningNotifier::isErasure)
        .map(Request::conversation)
        .collect(Collectors.toSet());
  }

  /** Calls whose alerts were sent after the erasure of a call. */
  Set<String> callsAfterErasureOf(String call) {
    return callsOf(
        service.requests().stream()
            .dropWhile(request -> !isErasure(request) || !request.conversation().equals(call)));
  }

  private static Set<String> callsOf(Stream<Request> requests) {
    return requests
        .filter(request -> !isErasure(request))
        .map(Request::conversation)
        .collect(Collectors.toSet());
  }

  private static boolean isErasure(Request request) {
    return request.rule().equals(ERASURE);
  }

  @Override
  public void close() throws InterruptedException {
    notifier.close();
    thread.join();
    service.close();
  }
}
