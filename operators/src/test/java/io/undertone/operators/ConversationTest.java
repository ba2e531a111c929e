package io.undertone.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ConversationTest {

  @Test
  void isParsedFromItsKey() {
    Conversation conversation = new Conversation("acme", "2024/11/call-7");

    assertThat(conversation.key()).isEqualTo("acme/2024/11/call-7");
    assertThat(Conversation.ofKey(conversation.key())).isEqualTo(conversation);
  }

  @Test
  void rejectsAKeyWithoutTenant() {
    assertThatThrownBy(() -> Conversation.ofKey("call-7"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("key must be tenant/conversationId, but has no '/': call-4a01086e5a3c");
  }

  /** As {@code printf acme/call-7 | sha256sum} has it. */
  @Test
  void namesItselfByAHash() {
    assertThat(new Conversation("acme", "call-7")).hasToString("call-0bda64851fec");
  }
}
