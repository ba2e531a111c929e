package io.undertone.bench.pipeline;

import io.undertone.audio.Pcm;
import io.undertone.audio.Utterance;
import io.undertone.audio.segment.ChannelSegmenter;
import io.undertone.audio.segment.SegmenterConfig;
import io.undertone.audio.segment.SegmenterState;
import io.undertone.audio.vad.SileroVad;
import io.undertone.bench.measure.SpeechClips;
import io.undertone.local.replay.CallChunks;
import io.undertone.local.replay.CallRecording;
import io.undertone.local.replay.CallRecording.Channel;
import io.undertone.local.replay.ReplaySettings;
import io.undertone.operators.Conversation;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.Role;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;

/**
 * The audio that all calls of a soak test share: that of the longest call. Shorter calls are
 * prefixes of it with their own id and time; their chunks are created when they are sent.
 */
final class SoakCall {
  private static final Conversation TEMPLATE = new Conversation("bench", "template");

  private final List<AudioChunk> longest;
  private final List<Utterance> utterances = new ArrayList<>();
  private final int chunkMs;

  SoakCall(SpeechClips speech, int mostTurns) {
    Pcm side = speech.side(0, mostTurns, SoakPlan.SPEECH_MS, SoakPlan.TURN_MS);
    ReplaySettings settings = ReplaySettings.startingAt(0);
    chunkMs = settings.chunkMs();
    longest =
        CallChunks.of(
            new CallRecording(TEMPLATE, List.of(new Channel(Role.CUSTOMER, side))), settings);
    try (SileroVad detector = SileroVad.open()) {
      ChannelSegmenter segmenter =
          new ChannelSegmenter(SegmenterConfig.defaults(), detector, SegmenterState.startingAt(0));
      utterances.addAll(segmenter.accept(side));
      utterances.addAll(segmenter.finish());
    }
  }

  /** Number of utterances that voice activity detection finds in a call of so many turns. */
  int utterances(int turns) {
    return (int)
        utterances.stream()
            .filter(utterance -> utterance.endOffsetMs() <= (long) turns * SoakPlan.TURN_MS)
            .count();
  }

  /** A call's chunks, created lazily. */
  List<AudioChunk> chunks(String conversationId, int turns, long captureTimeMs) {
    int count = turns * SoakPlan.TURN_MS / chunkMs;
    return new AbstractList<>() {
      @Override
      public AudioChunk get(int index) {
        AudioChunk chunk = longest.get(index);
        return AudioChunk.newBuilder(chunk)
            .setConversationId(conversationId)
            .setCaptureTimeMs(captureTimeMs + chunk.getStartOffsetMs())
            .setLastChunk(index == count - 1)
            .build();
      }

      @Override
      public int size() {
        return count;
      }
    };
  }
}
