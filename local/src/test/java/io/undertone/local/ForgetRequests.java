package io.undertone.local;

import io.undertone.schemas.ForgetConversation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Requests to erase calls. */
final class ForgetRequests {

  private ForgetRequests() {}

  /** Asks the job of a pipeline to erase a call of {@link DemoCalls}; returns once it is stored. */
  static void send(String conversationId, TestPipeline pipeline)
      throws InterruptedException, IOException {
    ByteBuffer encoded =
        ForgetConversation.getEncoder()
            .encode(
                new ForgetConversation(
                    DemoCalls.TENANT, conversationId, "anna", "article 17", 1_600_000_000_000L));
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    RawProducer.send(pipeline.bootstrapServers(), pipeline.topics().control(), List.of(bytes));
  }
}
