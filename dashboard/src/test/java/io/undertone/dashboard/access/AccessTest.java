package io.undertone.dashboard.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.dashboard.calls.CallKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {
  /** Of the token "secret". */
  private static final String HASH =
      "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

  @TempDir private Path folder;

  @Test
  void aTokenNamesAUserAndTenants() throws IOException {
    Access access = tokens("# users", "", "anna " + HASH + " acme,globex");

    Visitor visitor = access.visitor(bearer("secret")).orElseThrow();

    assertThat(visitor.name()).isEqualTo("anna");
    assertThat(visitor.maySee(new CallKey("globex", "c1"))).isTrue();
    assertThat(visitor.maySee(new CallKey("initech", "c1"))).isFalse();
  }

  @Test
  void anUnknownTokenIsNobody() throws IOException {
    Access access = tokens("anna " + HASH + " *");

    assertThat(access.visitor(bearer("guess"))).isEmpty();
    assertThat(access.visitor(new Credentials("127.0.0.1", name -> "", null))).isEmpty();
    assertThat(access.visitor(new Credentials("127.0.0.1", name -> "", "secret"))).isPresent();
  }

  @Test
  void anUnusableLineIsNamed() {
    assertThatThrownBy(() -> tokens("anna " + HASH + " *", "bert secret *"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("SHA-256");
    assertThatThrownBy(() -> tokens("# nobody"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a line for each user");
  }

  @Test
  void aProxysHeadersNameAUserAndTenants() {
    Access access = new ProxyAccess(Set.of("10.0.0.1"), "X-User", "X-Tenants");
    Map<String, String> headers = Map.of("X-User", "anna", "X-Tenants", "acme, globex");

    Visitor visitor = access.visitor(from("10.0.0.1", headers)).orElseThrow();

    assertThat(visitor).isEqualTo(new Visitor("anna", Set.of("acme", "globex")));
  }

  @Test
  void headersOfOthersAreNotBelieved() {
    Access access = new ProxyAccess(Set.of("10.0.0.1"), "X-User", "X-Tenants");

    assertThat(access.visitor(from("10.0.0.2", Map.of("X-User", "anna", "X-Tenants", "*"))))
        .isEmpty();
    assertThat(access.visitor(from("10.0.0.1", Map.of("X-User", "anna")))).isEmpty();
    assertThat(access.visitor(from("10.0.0.1", Map.of("X-Tenants", "*")))).isEmpty();
  }

  private Access tokens(String... lines) throws IOException {
    return TokenAccess.read(Files.writeString(folder.resolve("users"), String.join("\n", lines)));
  }

  private static Credentials bearer(String token) {
    return from("127.0.0.1", Map.of("Authorization", "Bearer " + token));
  }

  private static Credentials from(String address, Map<String, String> headers) {
    return new Credentials(address, name -> headers.getOrDefault(name, ""), null);
  }
}
