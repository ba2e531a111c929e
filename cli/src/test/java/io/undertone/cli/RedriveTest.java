package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.jobs.kafka.TopicUnavailableException;
import io.undertone.jobs.kafka.Topics;
import io.undertone.jobs.options.TopicNames;
import io.undertone.local.embedded.EmbeddedKafka;
import io.undertone.operators.RecordCoordinates;
import io.undertone.operators.Stage;
import io.undertone.operators.chunk.DeadLetters;
import io.undertone.operators.chunk.LetterBuilder;
import io.undertone.schemas.DeadLetter;
import io.undertone.schemas.DeadLetterReason;
import io.undertone.schemas.ErasureRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class RedriveTest {
  private static final byte[] KEY = "acme/call-1".getBytes(StandardCharsets.UTF_8);
  private static final byte[] VALUE = {1, 2, 3};

  private EmbeddedKafka kafka;
  private TopicNames topics;

  @BeforeAll
  void startKafka() {
    kafka = EmbeddedKafka.start();
  }

  @AfterAll
  void stopKafka() {
    kafka.close();
  }

  @BeforeEach
  void createTopics() throws TopicUnavailableException {
    String name = UUID.randomUUID().toString();
    topics =
        new TopicNames(
            name + ".audio",
            name + ".control",
            name + ".events",
            name + ".dlq",
            name + ".late",
            name + ".audit",
            name + ".alert-rules",
            name + ".alerts",
            "");
    try (Topics admin = Topics.at(kafka.bootstrapServers(), Map.of())) {
      admin.createMissing(topics, 1);
    }
  }

  @Test
  void showsWhyAndSendsNothingWithoutConfirmation() throws Exception {
    long offset = writeRecord();
    writeLetter(decodeLetter(offset));
    writeLetter(letter(Stage.ORDER, DeadLetterReason.INVALID, 1000).setValue(wrapped()));

    CommandRun run = redrive();

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("      1  decode MALFORMED", "      1  order INVALID", "2 letters: 2 sendable")
        .anyMatch(
            line -> line.contains("/0/0  sendable  decode MALFORMED") && line.endsWith("why"));
    assertThat(run.err()).singleElement().asString().contains("nothing was sent", "--send sends 2");
    assertThat(records(topics.audioChunks())).hasSize(1);
  }

  @Test
  void sendsTheRecordOfTheTopicWithKeyValueAndHeaders() throws Exception {
    writeLetter(decodeLetter(writeRecord()));

    CommandRun run = redrive("--send", "--json");

    assertThat(run.out().get(run.out().size() - 1))
        .contains("\"letters\":1", "\"sendable\":1", "\"sent\":1", "\"reasons\":{\"MALFORMED\":1}");
    List<ConsumerRecord<byte[], byte[]>> records = records(topics.audioChunks());
    assertThat(records).hasSize(2);
    ConsumerRecord<byte[], byte[]> again = records.get(1);
    assertThat(again.key()).isEqualTo(KEY);
    assertThat(again.value()).isEqualTo(VALUE);
    assertThat(again.headers().lastHeader("trace").value()).isEqualTo(new byte[] {7});
  }

  @Test
  void sendsTheValueOfTheLetterWhereTheTopicHasItNoMore() throws Exception {
    writeLetter(
        letter(Stage.SEGMENT, DeadLetterReason.UNDECODABLE_AUDIO, 1000).setValue(wrapped()));

    redrive("--send");

    List<ConsumerRecord<byte[], byte[]>> records = records(topics.audioChunks());
    assertThat(records).hasSize(1);
    assertThat(records.get(0).key()).isEqualTo(KEY);
    assertThat(records.get(0).value()).isEqualTo(VALUE);
  }

  @Test
  void aRecordThatIsRefusedAgainIsNotSentAThirdTime() throws Exception {
    writeLetter(decodeLetter(writeRecord()));
    redrive("--send");
    writeLetter(decodeLetter(1));

    CommandRun run = redrive("--send");

    assertThat(run.out()).contains("2 letters: 2 sentBefore");
    assertThat(records(topics.audioChunks())).hasSize(2);
  }

  @Test
  void neverSendsWhatIsGoneDeniedOrAnUtterance() throws Exception {
    long offset = writeRecord();
    writeLetter(decodeLetter(1000));
    writeLetter(letter(Stage.SEGMENT, DeadLetterReason.UNDECODABLE_AUDIO, offset));
    writeLetter(letter(Stage.RECOGNIZE, DeadLetterReason.UNRECOGNIZABLE, offset));

    CommandRun run = redrive("--send");

    assertThat(run.out()).contains("3 letters: 1 denied, 1 gone, 1 utterance");
    assertThat(records(topics.audioChunks())).hasSize(1);
  }

  @Test
  void leavesOutCallsThatWereErased() throws Exception {
    writeLetter(decodeLetter(writeRecord()));
    writeLetter(decodeLetter(writeRecord()).setConversationId("call-2"));
    writeErasure("call-1");

    CommandRun run = redrive("--send");

    assertThat(run.out()).contains("1 letters: 1 sendable").noneMatch(this::isOfFirstCall);
    assertThat(records(topics.audioChunks())).hasSize(3);
  }

  @Test
  void filtersChooseLetters() throws Exception {
    long offset = writeRecord();
    writeLetter(decodeLetter(offset));
    writeLetter(letter(Stage.ORDER, DeadLetterReason.INVALID, 1000).setValue(wrapped()));

    assertThat(redrive("--reason", "invalid").out()).contains("1 letters: 1 sendable");
    assertThat(redrive("--stage", "segment").out()).containsExactly("0 letters");
    assertThat(redrive("--tenant", "acme", "--conversation", "call-1").out())
        .contains("2 letters: 2 sendable");
    assertThat(redrive("--tenant", "other").out()).containsExactly("0 letters");
  }

  @Test
  void namesAMissingTopicAndAWrongOption() {
    assertThat(redrive("--late-topic", "nowhere", "--late").err())
        .singleElement()
        .asString()
        .contains("must have the topic nowhere");
    CommandRun wrong = redrive("--nothing", "1");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).singleElement().asString().contains("there is no option --nothing");
  }

  private CommandRun redrive(String... arguments) {
    Stream<String> fixed =
        Stream.of(
            "redrive",
            "--bootstrap-servers=" + kafka.bootstrapServers(),
            "--audio-topic=" + topics.audioChunks(),
            "--dead-letters-topic=" + topics.deadLetters(),
            "--audit-topic=" + topics.audit());
    return CommandRun.of(Stream.concat(fixed, Arrays.stream(arguments)).toArray(String[]::new));
  }

  private boolean isOfFirstCall(String line) {
    return line.contains("acme/call-1");
  }

  private void writeErasure(String conversationId) throws Exception {
    ErasureRecord erasure =
        ErasureRecord.newBuilder()
            .setTenant("acme")
            .setConversationId(conversationId)
            .setRequestedBy("anna")
            .setReason("article 17")
            .setRequestTimeMs(1)
            .setTopic(topics.control())
            .setPartition(0)
            .setOffset(0)
            .setErasedTimeMs(2)
            .setUtterances(0)
            .build();
    write(new ProducerRecord<>(topics.audit(), ErasureRecord.getEncoder().encode(erasure).array()));
  }

  private LetterBuilder decodeLetter(long offset) {
    return letter(Stage.DECODE, DeadLetterReason.MALFORMED, offset);
  }

  private LetterBuilder letter(Stage stage, DeadLetterReason reason, long offset) {
    return DeadLetters.letter(
            new RecordCoordinates(topics.audioChunks(), 0, offset), stage, reason, "why")
        .setTenant("acme")
        .setConversationId("call-1")
        .setKey(ByteBuffer.wrap(KEY));
  }

  private static ByteBuffer wrapped() {
    return ByteBuffer.wrap(VALUE);
  }

  private long writeRecord() throws ExecutionException, InterruptedException {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topics.audioChunks(), KEY, VALUE);
    record.headers().add("trace", new byte[] {7});
    return write(record);
  }

  private void writeLetter(LetterBuilder letter)
      throws IOException, ExecutionException, InterruptedException {
    byte[] value = DeadLetter.getEncoder().encode(letter.build()).array();
    write(new ProducerRecord<>(topics.deadLetters(), value));
  }

  private long write(ProducerRecord<byte[], byte[]> record)
      throws ExecutionException, InterruptedException {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      return producer.send(record).get().offset();
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
      }
      return records;
    }
  }
}
