package io.undertone.operators.decode;

import io.undertone.operators.Stage;
import io.undertone.operators.StageMetrics;
import io.undertone.operators.chunk.Chunk;
import io.undertone.operators.chunk.DeadLetters;
import io.undertone.operators.chunk.LetterBuilder;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.Consent;
import io.undertone.schemas.DeadLetterReason;
import java.nio.ByteBuffer;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Decodes records, validates them and forwards the chunks of analysed channels. Unusable records go
 * to {@link DeadLetters#TAG}. A chunk that denies consent is forwarded from any channel, without
 * its audio.
 *
 * <p>Dead letters of this stage have no value, since it does not know whether the call's audio may
 * be stored.
 */
public final class DecodeFunction extends ProcessFunction<IncomingRecord, Chunk> {
  private static final long serialVersionUID = 1L;

  private final DecodeOptions options;
  private transient AudioChunkReader reader;
  private transient ChunkRules rules;
  private transient Counter deadLetters;
  private transient Counter droppedChunks;

  @SuppressWarnings("NullAway.Init") // Flink calls open first.
  public DecodeFunction(DecodeOptions options) {
    this.options = options;
  }

  @Override
  public void open(OpenContext context) {
    reader = new AudioChunkReader();
    rules = new ChunkRules(options);
    StageMetrics metrics = new StageMetrics(getRuntimeContext());
    deadLetters = metrics.counter("deadLetters");
    droppedChunks = metrics.counter("droppedChunks");
  }

  @Override
  public void processElement(IncomingRecord record, Context context, Collector<Chunk> out) {
    AudioChunk audio = null;
    try {
      audio = reader.read(record.value());
      rules.checkConversation(audio);
      if (audio.getConsent() == Consent.DENIED) {
        audio.setPayload(ByteBuffer.allocate(0));
      } else if (!options.analysedRoles().contains(audio.getRole())) {
        droppedChunks.inc();
        return;
      } else {
        rules.checkAudio(audio);
      }
      out.collect(new Chunk(record.coordinates(), audio));
    } catch (MalformedRecordException e) {
      reject(record, null, DeadLetterReason.MALFORMED, e, context);
    } catch (InvalidChunkException e) {
      reject(record, audio, e.reason(), e, context);
    }
  }

  private void reject(
      IncomingRecord record,
      @Nullable AudioChunk audio,
      DeadLetterReason reason,
      Exception cause,
      Context context) {
    deadLetters.inc();
    LetterBuilder letter =
        DeadLetters.letter(
            record.coordinates(), Stage.DECODE, reason, String.valueOf(cause.getMessage()));
    if (record.key() != null) {
      letter.setKey(ByteBuffer.wrap(record.key()));
    }
    if (audio != null) {
      letter.setTenant(audio.getTenant()).setConversationId(audio.getConversationId());
    }
    context.output(DeadLetters.TAG, letter.build());
  }
}
