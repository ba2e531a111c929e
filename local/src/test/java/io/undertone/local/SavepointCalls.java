package io.undertone.local;

import io.undertone.audio.file.AudioFileException;
import io.undertone.local.replay.CallChunks;
import io.undertone.local.replay.ReplaySettings;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.AudioCodec;
import io.undertone.schemas.Consent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Calls of which a savepoint is taken. Together they put something into each state of each stage.
 * The chunks must not change: the savepoints among the test resources were taken of them.
 *
 * @param before what the job has read when the savepoint is taken; ends with the last chunk of
 *     {@link #ENDED}
 * @param after what a restored job reads
 */
record SavepointCalls(List<AudioChunk> before, List<AudioChunk> after) {
  static final ReplaySettings SETTINGS = ReplaySettings.startingAt(1_600_000_000_000L);

  /** Both sides have spoken, and the customer is in the middle of an utterance. */
  static final String PCM = "pcm";

  /** The same, in a codec whose decoder has state. */
  static final String OPUS = "opus";

  /** Two chunks wait for one that is late; another was given up, and comes after the savepoint. */
  static final String REORDERED = "reordered";

  /**
   * The customer has denied the analysis; more audio comes after the savepoint, enough to make an
   * event if the denial were forgotten.
   */
  static final String DENIED = "denied";

  /** Over; after the savepoint its last chunk comes again, and one beyond it. */
  static final String ENDED = "ended";

  /** Calls that end after the savepoint; their last chunks are the last of all. */
  static final Set<String> IN_PROGRESS = Set.of(PCM, OPUS, REORDERED);

  static final int PCM_CUT_MS = 13_700;
  static final int OPUS_CUT_MS = 11_300;
  private static final int REORDERED_CUT_MS = 15_000;
  private static final int LENGTH_MS = 20_000;

  private static final int CUSTOMER = 0;
  private static final int AGENT = 1;

  static SavepointCalls make() throws AudioFileException {
    List<SavepointCalls> calls =
        List.of(
            cutAt(PCM_CUT_MS, chunks("lost-parcel", PCM, LENGTH_MS, AudioCodec.PCM_S16LE)),
            cutAt(OPUS_CUT_MS, chunks("cold-house", OPUS, LENGTH_MS, AudioCodec.OPUS)),
            reordered(),
            denied(),
            ended());
    SavepointCalls all = new SavepointCalls(new ArrayList<>(), new ArrayList<>());
    for (SavepointCalls call : calls) {
      all.before.addAll(call.before);
      all.after.addAll(0, call.after);
    }
    return all;
  }

  List<AudioChunk> all() {
    List<AudioChunk> all = new ArrayList<>(before);
    all.addAll(after);
    return all;
  }

  private static SavepointCalls reordered() throws AudioFileException {
    List<AudioChunk> chunks = chunks("cancelled-trip", REORDERED, LENGTH_MS, AudioCodec.PCMU);
    AudioChunk givenUp = take(AGENT, 60, chunks);
    AudioChunk late = take(CUSTOMER, 147, chunks);
    SavepointCalls call = cutAt(REORDERED_CUT_MS, chunks);
    call.before.add(call.before.get(20));
    call.after.add(0, givenUp);
    call.after.add(4, late);
    return call;
  }

  private static SavepointCalls denied() throws AudioFileException {
    SavepointCalls call = cutAt(1_000, chunks("cold-house", DENIED, 5_000, AudioCodec.PCMU));
    AudioChunk last = call.before.remove(call.before.size() - 1);
    call.before.add(AudioChunk.newBuilder(last).setConsent(Consent.DENIED).build());
    return call;
  }

  private static SavepointCalls ended() throws AudioFileException {
    List<AudioChunk> chunks = chunks("lost-parcel", ENDED, 1_000, AudioCodec.PCMU);
    AudioChunk last = chunks.get(chunks.size() - 1);
    AudioChunk beyond = AudioChunk.newBuilder(last).setChunkIndex(last.getChunkIndex() + 1).build();
    return new SavepointCalls(chunks, List.of(last, beyond));
  }

  private static List<AudioChunk> chunks(
      String recording, String call, int lengthMs, AudioCodec codec) throws AudioFileException {
    return new ArrayList<>(
        CallChunks.of(
            DemoCalls.beginOf(DemoCalls.call(recording, call), lengthMs),
            SETTINGS.withCodec(codec)));
  }

  private static SavepointCalls cutAt(int offsetMs, List<AudioChunk> chunks) {
    SavepointCalls call = new SavepointCalls(new ArrayList<>(), new ArrayList<>());
    for (AudioChunk chunk : chunks) {
      (chunk.getStartOffsetMs() < offsetMs ? call.before : call.after).add(chunk);
    }
    return call;
  }

  private static AudioChunk take(int channel, int chunkIndex, List<AudioChunk> chunks) {
    AudioChunk taken =
        chunks.stream()
            .filter(chunk -> chunk.getChannel() == channel)
            .filter(chunk -> chunk.getChunkIndex() == chunkIndex)
            .findFirst()
            .orElseThrow();
    chunks.remove(taken);
    return taken;
  }
}
