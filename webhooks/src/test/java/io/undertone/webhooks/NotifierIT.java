package io.undertone.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.local.embedded.EmbeddedKafka;
import io.undertone.schemas.Alert;
import io.undertone.schemas.AlertState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A real broker and a real web server. Each test has topics and a group of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class NotifierIT {
  private static final byte[] SECRET =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int READ_AHEAD = 5;
  private static final long LOOK_AGAIN_NANOS = 5_000_000;
  private static final RetryPolicy PATIENT =
      new RetryPolicy(Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofHours(1));
  private static final RetryPolicy HASTY =
      new RetryPolicy(Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofMillis(300));

  private final EmbeddedKafka kafka = EmbeddedKafka.start();
  private final Map<String, Object> client =
      Map.of("bootstrap.servers", kafka.bootstrapServers(), "metadata.max.age.ms", "1000");
  private final KafkaProducer<byte[], byte[]> producer =
      new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
  private final List<Running> running = new ArrayList<>();
  private WebhookService service = new WebhookService();
  private String topic = "";

  /** A notifier on a thread of its own. */
  private record Running(Notifier notifier, Thread thread) {
    void stop() {
      notifier.close();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @BeforeEach
  void createTopics(TestInfo test) throws Exception {
    service = new WebhookService();
    topic = test.getTestMethod().orElseThrow().getName();
    try (Admin admin = Admin.create(client)) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(topic, 2, (short) 1),
                  new NewTopic(topic + ".undelivered", 1, (short) 1)))
          .all()
          .get();
    }
  }

  @AfterEach
  void stop() {
    running.forEach(Running::stop);
    running.clear();
    service.close();
  }

  @AfterAll
  void close() {
    producer.close();
    kafka.close();
  }

  @Test
  void sendsWhatFiresAndIsResolvedOnceAndSigned() {
    start(PATIENT);
    send(0, "c1", AlertState.PENDING);
    send(0, "c1", AlertState.FIRING);
    send(0, "c1", AlertState.RESOLVED);

    await(() -> sent().size() == 2);

    assertThat(sent()).containsExactly("c1 firing", "c1 resolved");
    WebhookService.Request first = service.requests().get(0);
    assertThat(first.id()).isEqualTo("c1-alert-FIRING");
    assertThat(first.authorization()).isEqualTo("Bearer t");
    long seconds = Long.parseLong(first.timestamp());
    assertThat(Instant.ofEpochSecond(seconds))
        .isBetween(Instant.now().minusSeconds(60), Instant.now());
    assertThat(first.signature())
        .isEqualTo(Signature.of(SECRET, first.id(), seconds, first.body()));
    assertThat(Base64.getDecoder().decode(first.signature().substring(3))).hasSize(32);
  }

  @Test
  void triesAgainInOrderWhileOtherPartitionsGoOn() {
    service.answer(
        request -> request.conversation().equals("slow") && request.attempt() < 4 ? 503 : 200);
    start(PATIENT);
    send(0, "slow", AlertState.FIRING);
    send(0, "slow", AlertState.RESOLVED);
    send(1, "quick", AlertState.FIRING);

    await(() -> sent().stream().filter("slow resolved"::equals).count() == 4);

    assertThat(sent())
        .filteredOn(sent -> sent.startsWith("slow"))
        .containsExactly(
            "slow firing",
            "slow firing",
            "slow firing",
            "slow firing",
            "slow resolved",
            "slow resolved",
            "slow resolved",
            "slow resolved");
    await(() -> sent().contains("quick firing"));
    assertThat(undelivered()).isEmpty();
  }

  @Test
  void aServiceThatHangsHoldsNoOtherPartition() {
    CountDownLatch hanging = new CountDownLatch(1);
    service.answer(
        request -> {
          if (request.conversation().equals("hangs")) {
            awaitLatch(hanging);
          }
          return 200;
        });
    start(PATIENT);
    send(0, "hangs", AlertState.FIRING);
    send(1, "quick", AlertState.FIRING);

    await(() -> sent().containsAll(List.of("hangs firing", "quick firing")));
    send(1, "next", AlertState.FIRING);
    await(() -> sent().contains("next firing"));
    hanging.countDown();
  }

  @Test
  void whatIsRefusedGoesToTheUndeliveredTopicAtOnce() throws IOException {
    service.answer(request -> request.conversation().equals("bad") ? 400 : 200);
    start(PATIENT);
    send(0, "bad", AlertState.FIRING);
    send(0, "good", AlertState.FIRING);

    await(() -> sent().contains("good firing"));

    assertThat(sent()).containsExactly("bad firing", "good firing");
    ConsumerRecord<byte[], byte[]> letter = undelivered().get(0);
    Alert alert = Alert.fromByteBuffer(ByteBuffer.wrap(letter.value()));
    assertThat(alert).isEqualTo(TestAlerts.of("bad", AlertState.FIRING));
    assertThat(header(letter, "undertone.reason")).isEqualTo("it answers with status 400");
    assertThat(header(letter, "undertone.topic")).isEqualTo(topic);
    assertThat(header(letter, "undertone.offset")).isEqualTo("0");
    assertThat(new String(letter.key(), StandardCharsets.UTF_8)).isEqualTo("acme/bad");
  }

  @Test
  void undeliveredAlertsAreSentAgainFromTheirTopic()
      throws ExecutionException, InterruptedException {
    service.answer(request -> 400);
    Running first = start(PATIENT);
    send(0, "bad", AlertState.FIRING);
    await(() -> !undelivered().isEmpty());
    first.stop();
    service.answer(request -> 200);

    sendUndeliveredAgain();

    await(() -> sent().size() == 2);
    assertThat(sent()).containsOnly("bad firing");
  }

  @Test
  void givesUpWhatFailsForTooLong() {
    service.answer(request -> request.conversation().equals("down") ? 500 : 200);
    start(HASTY);
    send(0, "down", AlertState.FIRING);
    send(0, "after", AlertState.FIRING);

    await(() -> sent().contains("after firing"));

    assertThat(sent().size()).isGreaterThan(3);
    assertThat(undelivered()).hasSize(1);
    assertThat(header(undelivered().get(0), "undertone.reason"))
        .isEqualTo("tried for PT0.3S: it answers with status 500");
  }

  @Test
  void nothingIsLostOrRepeatedByARestartAndOldAlertsAreNotSentToANewGroup() {
    send(0, "before", AlertState.FIRING);
    Running first = start(PATIENT);
    send(0, "one", AlertState.FIRING);
    await(() -> sent().contains("one firing"));
    first.stop();
    send(0, "two", AlertState.FIRING);
    send(1, "three", AlertState.FIRING);

    start(PATIENT);
    await(() -> sent().containsAll(List.of("two firing", "three firing")));

    assertThat(sent()).containsExactlyInAnyOrder("one firing", "two firing", "three firing");
  }

  @Test
  void whatWasNotTakenWhenItStoppedIsSentAfterwards() {
    service.answer(request -> 503);
    Running first = start(PATIENT);
    send(0, "one", AlertState.FIRING);
    await(() -> sent().size() > 1);
    first.stop();
    service.answer(request -> 200);
    int before = sent().size();

    start(PATIENT);

    await(() -> sent().size() == before + 1);
    assertThat(sent()).containsOnly("one firing");
  }

  @Test
  void aNewPartitionIsReadFromItsStart() throws ExecutionException, InterruptedException {
    start(PATIENT);
    try (Admin admin = Admin.create(client)) {
      admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(3))).all().get();
    }
    send(2, "early", AlertState.FIRING);

    await(() -> sent().contains("early firing"));
  }

  @Test
  void whatWaitsOfAnErasedCallIsNeverSent() {
    service.answer(request -> request.rule().equals("CallErased") ? 200 : 503);
    start(PATIENT);
    send(0, "other", AlertState.FIRING);
    send(0, "secret", AlertState.FIRING);
    await(() -> sent().contains("other firing"));
    send(0, "secret", AlertState.RESOLVED);
    send(0, "secret", AlertState.ERASED);
    send(0, "other", AlertState.ERASED);

    await(() -> erasures() == 2);

    assertThat(sent()).doesNotContain("secret firing");
    WebhookService.Request last = service.requests().get(service.requests().size() - 1);
    assertThat(last.conversation()).isEqualTo("other");
    assertThat(last.body()).contains("delete what you keep of it");
    await(() -> undelivered().size() == 2);
    assertThat(undelivered())
        .extracting(letter -> header(letter, "undertone.reason"))
        .containsOnly("the call was erased");
  }

  @Test
  void whatWasErasedWhileNobodyReadIsNeverSent() {
    start(PATIENT).stop();
    send(0, "secret", AlertState.FIRING);
    send(0, "other", AlertState.FIRING);
    send(0, "secret", AlertState.ERASED);

    start(PATIENT);
    await(() -> erasures() == 1);

    assertThat(sent()).containsExactly("other firing", "secret resolved");
  }

  @Test
  void anErasureIsObeyedInAllPartitions() {
    service.answer(request -> request.rule().equals("CallErased") ? 200 : 503);
    start(PATIENT);
    send(0, "other", AlertState.FIRING);
    send(0, "secret", AlertState.FIRING);
    await(() -> sent().contains("other firing"));
    send(1, "secret", AlertState.ERASED);
    await(() -> erasures() == 1);
    service.answer(request -> 200);
    send(0, "last", AlertState.FIRING);

    await(() -> sent().contains("last firing"));

    assertThat(sent()).doesNotContain("secret firing");
  }

  @Test
  void whatWasGivenUpOfAnErasedCallIsNotSentAgain()
      throws ExecutionException, InterruptedException {
    service.answer(request -> request.rule().equals("CallErased") ? 200 : 400);
    Running first = start(PATIENT);
    send(0, "secret", AlertState.FIRING);
    await(() -> undelivered().size() == 1);
    send(0, "secret", AlertState.ERASED);
    await(() -> undelivered().size() == 2);
    first.stop();
    service.answer(request -> 200);

    sendUndeliveredAgain();
    await(() -> erasures() == 2);

    assertThat(sent()).containsOnlyOnce("secret firing");
  }

  @Test
  void whatIsNoAlertIsSkippedAndCounted() {
    Running notifier = start(PATIENT);
    producer.send(new ProducerRecord<>(topic, 0, null, new byte[] {1, 2, 3}));
    send(0, "good", AlertState.FIRING);

    await(() -> sent().contains("good firing"));

    assertThat(notifier.notifier().counts().unreadable().get()).isEqualTo(1);
  }

  @Test
  void moreThanIsReadAheadArrivesInOrder() {
    start(PATIENT);
    int many = 10 * READ_AHEAD;
    for (int i = 0; i < many; i++) {
      producer.send(record(0, "c%04d".formatted(i), AlertState.FIRING));
    }
    producer.flush();

    await(() -> service.requests().size() == many);

    assertThat(sent())
        .containsExactlyElementsOf(
            IntStream.range(0, many).mapToObj("c%04d firing"::formatted).toList());
  }

  private long erasures() {
    return service.requests().stream()
        .filter(request -> request.rule().equals("CallErased"))
        .count();
  }

  private List<String> sent() {
    return service.requests().stream().map(WebhookService.Request::sent).toList();
  }

  private void sendUndeliveredAgain() throws ExecutionException, InterruptedException {
    String undeliveredTopic = topic + ".undelivered";
    String group = topic + ".again";
    try (Admin admin = Admin.create(client)) {
      admin
          .alterConsumerGroupOffsets(
              group, Map.of(new TopicPartition(undeliveredTopic, 0), new OffsetAndMetadata(0)))
          .all()
          .get();
    }
    run(undeliveredTopic, group, PATIENT);
  }

  /** Returns when it has partitions, and so a place from which it reads. */
  private Running start(RetryPolicy retries) {
    Running started = run(topic, topic, retries);
    await(this::hasPlaces);
    return started;
  }

  private Running run(String alerts, String group, RetryPolicy retries) {
    Notifier notifier =
        new Notifier(
            new Notifier.Settings(
                new Webhook(service.url(), SECRET, "Bearer t", Duration.ofSeconds(60)),
                alerts,
                null,
                topic + ".undelivered",
                null,
                retries,
                READ_AHEAD,
                group,
                oneByOne(),
                client));
    Thread thread = new Thread(notifier::run, "notifier");
    thread.start();
    Running started = new Running(notifier, thread);
    running.add(started);
    return started;
  }

  /** So that what lies behind a record comes later than it. */
  private Map<String, Object> oneByOne() {
    Map<String, Object> consumer = new HashMap<>(client);
    consumer.put("max.poll.records", 1);
    return consumer;
  }

  private boolean hasPlaces() {
    try (Admin admin = Admin.create(client)) {
      return admin.listConsumerGroupOffsets(topic).partitionsToOffsetAndMetadata().get().size()
          >= 2;
    } catch (ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void send(int partition, String conversation, AlertState state) {
    producer.send(record(partition, conversation, state));
    producer.flush();
  }

  private ProducerRecord<byte[], byte[]> record(
      int partition, String conversation, AlertState state) {
    try {
      ByteBuffer buffer = TestAlerts.of(conversation, state).toByteBuffer();
      byte[] value = new byte[buffer.remaining()];
      buffer.get(value);
      return new ProducerRecord<>(
          topic, partition, ("acme/" + conversation).getBytes(StandardCharsets.UTF_8), value);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> undelivered() {
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    TopicPartition partition = new TopicPartition(topic + ".undelivered", 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).values().iterator().next();
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(found::add);
      }
    }
    return found;
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain");
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }
}
