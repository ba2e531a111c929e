package io.undertone.operators.emit;

import io.undertone.operators.Conversation;
import io.undertone.operators.InConversation;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * An ended call in the form of another system.
 *
 * @param json the document; null if the call was erased
 */
public record CallDocument(Conversation conversation, @Nullable String json)
    implements InConversation {

  /** Documents in the form of Contact Lens, if {@link EmitOptions} asks for them. */
  public static final OutputTag<CallDocument> CONTACT_LENS =
      new OutputTag<>("contact-lens", TypeInformation.of(CallDocument.class));

  /** Says that the call was erased. */
  static CallDocument erased(Conversation conversation) {
    return new CallDocument(conversation, null);
  }
}
