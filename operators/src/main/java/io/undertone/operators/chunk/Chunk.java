package io.undertone.operators.chunk;

import io.undertone.operators.Conversation;
import io.undertone.operators.ErasureRequest;
import io.undertone.operators.InConversation;
import io.undertone.operators.RecordCoordinates;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.AudioCodec;
import io.undertone.schemas.Consent;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A validated chunk.
 *
 * @param at position in Kafka
 * @param audio the chunk; its payload is empty if consent is denied
 * @param erasure the request to erase the call, instead of audio; usually null
 */
public record Chunk(RecordCoordinates at, AudioChunk audio, @Nullable ErasureRequest erasure)
    implements InConversation {

  public Chunk(RecordCoordinates at, AudioChunk audio) {
    this(at, audio, null);
  }

  /** A chunk that is nothing but a request to erase its call, and denies consent. */
  public static Chunk erasing(String tenant, String conversationId, ErasureRequest request) {
    AudioChunk audio =
        AudioChunk.newBuilder()
            .setTenant(tenant)
            .setConversationId(conversationId)
            .setChannel(0)
            .setChunkIndex(0)
            .setStartOffsetMs(0)
            .setCaptureTimeMs(request.requestTimeMs())
            .setCodec(AudioCodec.UNSUPPORTED)
            .setSampleRateHz(0)
            .setPayload(ByteBuffer.allocate(0))
            .setConsent(Consent.DENIED)
            .build();
    return new Chunk(request.at(), audio, request);
  }

  @Override
  public Conversation conversation() {
    return new Conversation(audio.getTenant(), audio.getConversationId());
  }
}
