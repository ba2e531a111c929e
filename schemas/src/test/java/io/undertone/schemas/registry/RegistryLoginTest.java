package io.undertone.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.undertone.schemas.EmotionEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistryLoginTest {
  /** As RFC 7617 has it. */
  private static final String ALADDIN = "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==";

  private HttpServer server;
  private String expected = "";

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void aUserLogsInWithAPassword() throws IOException {
    expected = ALADDIN;

    assertThat(registeredWith(Map.of(RegistryLogin.USER_INFO, "Aladdin:open sesame"))).isEqualTo(7);
  }

  @Test
  void aClientLogsInWithAToken() throws IOException {
    expected = "Bearer t0ken";

    assertThat(registeredWith(Map.of(RegistryLogin.TOKEN, "t0ken"))).isEqualTo(7);
  }

  @Test
  void missingCredentialsAreNamed() {
    expected = ALADDIN;

    assertThatThrownBy(() -> registeredWith(Map.of("acks", "all")))
        .isInstanceOf(SchemaRegistryException.class)
        .hasMessage(
            url()
                + " refuses requests without credentials with status 401: give"
                + " basic.auth.user.info or bearer.auth.token with the properties of Kafka's"
                + " clients");
  }

  @Test
  void wrongCredentialsAreNamedButNotShown() {
    expected = ALADDIN;

    assertThatThrownBy(() -> registeredWith(Map.of(RegistryLogin.USER_INFO, "Aladdin:wrong")))
        .isInstanceOf(SchemaRegistryException.class)
        .hasMessage(url() + " refuses basic.auth.user.info with status 401: check its value");
  }

  @Test
  void whatCannotBeSentIsRefusedWithoutTheSecret() {
    assertThatThrownBy(() -> RegistryLogin.of(Map.of(RegistryLogin.USER_INFO, "secret")))
        .hasMessage("basic.auth.user.info must be user:password, but is not");
    assertThatThrownBy(() -> RegistryLogin.of(Map.of(RegistryLogin.TOKEN, "secret\n")))
        .hasMessage("bearer.auth.token must be of visible ASCII characters, but is not");
    assertThatThrownBy(
            () ->
                RegistryLogin.of(
                    Map.of(RegistryLogin.USER_INFO, "a:b", RegistryLogin.TOKEN, "secret")))
        .hasMessageContaining("but both are given");
    assertThatThrownBy(() -> new SchemaRegistry("http://anna:secret@localhost", null))
        .hasMessageContaining("must have no credentials")
        .hasMessageNotContaining("secret");
    assertThat(RegistryLogin.of(Map.of(RegistryLogin.TOKEN, "secret")))
        .hasToString(RegistryLogin.TOKEN);
  }

  private int registeredWith(Map<String, String> properties) throws IOException {
    return new SchemaRegistry(url(), RegistryLogin.of(properties))
        .register("events", EmotionEvent.getClassSchema());
  }

  private String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    boolean known = expected.equals(exchange.getRequestHeaders().getFirst("Authorization"));
    byte[] body = "{\"id\":7}".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(known ? 200 : 401, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
