package io.undertone.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Receives spans as OpenTelemetry's protocol sends them by HTTP (opentelemetry-proto 1). */
final class OtlpReceiver implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final HttpServer server;
  private final List<Received> spans = new ArrayList<>();

  private OtlpReceiver(HttpServer server) {
    this.server = server;
  }

  /**
   * A span.
   *
   * @param parent id of its parent; empty if it has none
   * @param attributes that are texts
   */
  record Received(
      String trace,
      String id,
      String parent,
      String name,
      long startMs,
      long endMs,
      Map<String, String> attributes) {}

  static OtlpReceiver start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    OtlpReceiver receiver = new OtlpReceiver(server);
    server.createContext("/v1/traces", receiver::receive);
    server.start();
    return receiver;
  }

  String endpoint() {
    return "http://localhost:" + server.getAddress().getPort() + "/v1/traces";
  }

  /** Waits until all spans so far are as they should be, and returns them. */
  synchronized List<Received> await(Predicate<List<Received>> complete)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!complete.test(List.copyOf(spans))) {
      long leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (leftMs <= 0) {
        throw new AssertionError("not all spans came within " + PATIENCE + ", but " + spans);
      }
      wait(leftMs);
    }
    return List.copyOf(spans);
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      Message request = new Message(ByteBuffer.wrap(exchange.getRequestBody().readAllBytes()));
      for (Message resource : request.messages(1)) {
        for (Message scope : resource.messages(2)) {
          add(scope.messages(2).stream().map(OtlpReceiver::span).toList());
        }
      }
      exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private synchronized void add(List<Received> more) {
    spans.addAll(more);
    notifyAll();
  }

  private static Received span(Message span) {
    Map<String, String> attributes = new HashMap<>();
    for (Message attribute : span.messages(9)) {
      attribute
          .messages(2)
          .forEach(value -> value.texts(1).forEach(t -> attributes.put(attribute.text(1), t)));
    }
    return new Received(
        span.hex(1), span.hex(2), span.hex(4), span.text(5), span.ms(7), span.ms(8), attributes);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** A message of protobuf: of each field its values, in order. */
  private static final class Message {
    private final Map<Integer, List<ByteBuffer>> fields = new HashMap<>();

    Message(ByteBuffer bytes) {
      ByteBuffer in = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
      while (in.hasRemaining()) {
        long tag = varint(in);
        int length =
            switch ((int) (tag & 7)) {
              case 0 -> varintLength(in);
              case 1 -> Long.BYTES;
              case 2 -> (int) varint(in);
              case 5 -> Integer.BYTES;
              default -> throw new IllegalArgumentException("unknown type of field " + tag);
            };
        fields
            .computeIfAbsent((int) (tag >>> 3), field -> new ArrayList<>())
            .add(in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN));
        in.position(in.position() + length);
      }
    }

    List<Message> messages(int field) {
      return values(field).stream().map(Message::new).toList();
    }

    List<String> texts(int field) {
      return values(field).stream()
          .map(value -> StandardCharsets.UTF_8.decode(value.duplicate()).toString())
          .toList();
    }

    String text(int field) {
      return String.join("", texts(field));
    }

    String hex(int field) {
      StringBuilder hex = new StringBuilder();
      for (ByteBuffer value : values(field)) {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        hex.append(HexFormat.of().formatHex(bytes));
      }
      return hex.toString();
    }

    /** Nanoseconds, as milliseconds. */
    long ms(int field) {
      return values(field).get(0).getLong(0) / 1_000_000;
    }

    private List<ByteBuffer> values(int field) {
      return fields.getOrDefault(field, List.of());
    }

    private static int varintLength(ByteBuffer in) {
      int begin = in.position();
      varint(in);
      int length = in.position() - begin;
      in.position(begin);
      return length;
    }

    private static long varint(ByteBuffer in) {
      long value = 0;
      for (int shift = 0; ; shift += 7) {
        byte next = in.get();
        value |= (long) (next & 0x7f) << shift;
        if (next >= 0) {
          return value;
        }
      }
    }
  }
}
