package io.undertone.local.replay;

import io.undertone.audio.Pcm;
import io.undertone.audio.codec.ChunkEncoder;
import io.undertone.audio.codec.Codec;
import io.undertone.operators.Conversation;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.Role;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Splits a recording into the chunks that a live call would have sent. */
public final class CallChunks {

  private CallChunks() {}

  /**
   * All chunks of all channels, in the order of their start offsets.
   *
   * @throws IllegalArgumentException if the codec does not support a channel's sample rate
   */
  public static List<AudioChunk> of(CallRecording recording, ReplaySettings settings) {
    List<AudioChunk> chunks = new ArrayList<>();
    for (int channel = 0; channel < recording.channels().size(); channel++) {
      chunks.addAll(ofChannel(recording, channel, settings));
    }
    chunks.sort(
        Comparator.comparingLong(AudioChunk::getStartOffsetMs)
            .thenComparingInt(AudioChunk::getChannel));
    return chunks;
  }

  private static List<AudioChunk> ofChannel(
      CallRecording recording, int channel, ReplaySettings settings) {
    Conversation conversation = recording.conversation();
    CallRecording.Channel side = recording.channels().get(channel);
    Pcm pcm = side.pcm();
    short[] samples = pcm.toInt16();
    ChunkEncoder encoder =
        ChunkEncoder.of(
            Codec.valueOf(settings.codec().name()), pcm.sampleRateHz(), settings.chunkMs());
    long count = Math.max(1, -Math.floorDiv(-pcm.durationMs(), settings.chunkMs()));
    List<Role> roles = recording.channels().stream().map(CallRecording.Channel::role).toList();
    List<AudioChunk> chunks = new ArrayList<>();
    for (long index = 0; index < count; index++) {
      long startOffsetMs = index * settings.chunkMs();
      boolean last = index == count - 1;
      int begin = sampleAt(startOffsetMs, pcm);
      int end = last ? samples.length : sampleAt(startOffsetMs + settings.chunkMs(), pcm);
      chunks.add(
          AudioChunk.newBuilder()
              .setTenant(conversation.tenant())
              .setConversationId(conversation.conversationId())
              .setChannel(channel)
              .setRole(side.role())
              .setChunkIndex(index)
              .setStartOffsetMs(startOffsetMs)
              .setCaptureTimeMs(settings.captureTimeMs() + startOffsetMs)
              .setCodec(settings.codec())
              .setSampleRateHz(pcm.sampleRateHz())
              .setPayload(ByteBuffer.wrap(encoder.encode(Arrays.copyOfRange(samples, begin, end))))
              .setLastChunk(last)
              .setConsent(settings.consent())
              .setChannelRoles(roles)
              .setAttributes(recording.attributes())
              .build());
    }
    return chunks;
  }

  private static int sampleAt(long offsetMs, Pcm pcm) {
    return Math.toIntExact(offsetMs * pcm.sampleRateHz() / 1000);
  }
}
