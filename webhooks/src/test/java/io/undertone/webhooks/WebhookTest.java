package io.undertone.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @Test
  void hasAUrlAndPerhapsASecret() {
    Webhook plain = Webhook.of(Map.of("url", "https://example.org/hook?x=1"));
    assertThat(plain.url()).hasToString("https://example.org/hook?x=1");
    assertThat(plain.secret()).isNull();

    Webhook signed =
        Webhook.of(Map.of("url", "http://h", "secret", SECRET, "authorization", "Bearer x"));
    assertThat(signed.secret()).hasSize(24);
    assertThat(signed.authorization()).isEqualTo("Bearer x");
  }

  @Test
  void whatCannotBeUsedIsNamedWithoutSecrets() {
    assertThatThrownBy(() -> Webhook.of(Map.of()))
        .hasMessage("url must be one of http or https with a host");
    assertThatThrownBy(() -> Webhook.of(Map.of("url", "ftp://token@host")))
        .hasMessage("url must be one of http or https with a host");
    assertThatThrownBy(() -> Webhook.of(Map.of("url", "http://h", "secret", "whsec_c2hvcnQ=")))
        .hasMessageStartingWith("secret must be whsec_ and at least 24 bytes in base64")
        .hasMessageNotContaining("c2hvcnQ=");
    assertThatThrownBy(() -> Webhook.of(Map.of("url", "http://h", "token", "t")))
        .hasMessage("a webhook has the properties authorization, secret, url, but not token");
  }
}
