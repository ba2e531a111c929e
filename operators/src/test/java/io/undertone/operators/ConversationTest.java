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
        .hasMessage("key must be tenant/conversationId, but is 'call-7'");
  }
}
