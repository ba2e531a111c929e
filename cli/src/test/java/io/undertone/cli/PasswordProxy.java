package io.undertone.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** A reverse proxy that asks for a password, as people put before servers that do not. */
final class PasswordProxy implements AutoCloseable {
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI behind;
  private final String authorization;

  private PasswordProxy(HttpServer server, URI behind, String authorization) {
    this.server = server;
    this.behind = behind;
    this.authorization = authorization;
  }

  /**
   * Starts it.
   *
   * @param url of the server behind it
   * @param authorization the value of the header that it lets pass
   */
  static PasswordProxy start(String url, String authorization) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    PasswordProxy proxy = new PasswordProxy(server, URI.create(url), authorization);
    server.createContext("/", proxy::pass);
    server.start();
    return proxy;
  }

  /** Where the server behind it is found. */
  String url() {
    return "http://localhost:" + server.getAddress().getPort() + behind.getPath();
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      byte[] asked = exchange.getRequestBody().readAllBytes();
      HttpRequest.Builder request =
          HttpRequest.newBuilder(behind.resolve(exchange.getRequestURI()))
              .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(asked));
      String type = exchange.getRequestHeaders().getFirst("Content-Type");
      if (type != null) {
        request.header("Content-Type", type);
      }
      HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException("interrupted", e));
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
