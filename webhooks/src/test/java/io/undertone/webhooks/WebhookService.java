package io.undertone.webhooks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;

/** A web service that takes messages, or does not. */
public final class WebhookService implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile ToIntFunction<Request> status = request -> 200;

  /** A request, and what was answered. */
  public record Request(
      String id,
      String timestamp,
      String signature,
      String authorization,
      String body,
      int attempt) {

    public String status() {
      return field("/status");
    }

    public String conversation() {
      return field("/commonLabels/conversation");
    }

    public String rule() {
      return field("/commonLabels/alertname");
    }

    private String field(String pointer) {
      try {
        return JSON.readTree(body).at(pointer).asText();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    public String sent() {
      return conversation() + " " + status();
    }
  }

  /** Answers every request with status 200 until {@link #answer} is called. */
  public WebhookService() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/hook", this::take);
    server.start();
  }

  public URI url() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/hook");
  }

  /** Says what is answered from now on. */
  public void answer(ToIntFunction<Request> statusOf) {
    status = statusOf;
  }

  /** All requests so far. */
  public List<Request> requests() {
    return requests;
  }

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String id = header(exchange, "webhook-id");
    long before = requests.stream().filter(request -> request.id().equals(id)).count();
    Request request =
        new Request(
            id,
            header(exchange, "webhook-timestamp"),
            header(exchange, "webhook-signature"),
            header(exchange, "Authorization"),
            body,
            Math.toIntExact(before + 1));
    requests.add(request);
    exchange.sendResponseHeaders(status.applyAsInt(request), -1);
    exchange.close();
  }

  private static String header(HttpExchange exchange, String name) {
    return String.valueOf(exchange.getRequestHeaders().getFirst(name));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
