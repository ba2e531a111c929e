package io.undertone.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.undertone.schemas.EmotionEvent;
import io.undertone.schemas.PublishedSchemas;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Values of any bytes: an event, or a reason why not. CONTRIBUTING.md says how to fuzz. */
class ValueDecoderFuzzTest {
  private static final List<Schema> VERSIONS = PublishedSchemas.of("EmotionEvent");
  private static HttpServer server;
  private static ValueDecoder<EmotionEvent> decoder;

  /** The id of a version is its place. */
  @BeforeAll
  static void startRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/schemas/ids/", ValueDecoderFuzzTest::answer);
    server.start();
    String url = "http://localhost:" + server.getAddress().getPort();
    decoder = ValueDecoder.of(EmotionEvent.getClassSchema(), new SchemaRegistry(url, null));
  }

  @AfterAll
  static void stopRegistry() {
    server.stop(0);
  }

  /** As a broker has it. */
  @FuzzTest(maxDuration = "3m")
  void value(byte[] bytes) {
    // Asking the registry for any id would take most of the time.
    if (bytes.length == 0 || bytes[0] != ConfluentEncoder.MAGIC) {
      decode(bytes);
    }
  }

  /** The version of the schema and the form of the header, and the value after its header. */
  @FuzzTest(maxDuration = "3m")
  void afterTheHeader(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    int choice = bytes[0] & 0xff;
    int version = choice / 2 % VERSIONS.size();
    int length = bytes.length - 1;
    ByteBuffer value = choice % 2 == 0 ? singleObject(version, length) : confluent(version, length);
    decode(value.put(bytes, 1, length).array());
  }

  private static ByteBuffer singleObject(int version, int length) {
    return ByteBuffer.allocate(2 + Long.BYTES + length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 0xC3)
        .put((byte) 1)
        .putLong(SchemaNormalization.parsingFingerprint64(VERSIONS.get(version)));
  }

  private static ByteBuffer confluent(int version, int length) {
    return ByteBuffer.allocate(1 + Integer.BYTES + length)
        .put((byte) ConfluentEncoder.MAGIC)
        .putInt(version);
  }

  private static void decode(byte[] value) {
    try {
      assertThat(decoder.decode(value).getEventId()).isNotNull();
    } catch (IOException e) {
      assertThat(e).hasMessageMatching("(?s).+");
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Schema schema = VERSIONS.get(Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)));
    byte[] body =
        new ObjectMapper()
            .createObjectNode()
            .put("schema", schema.toString())
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
