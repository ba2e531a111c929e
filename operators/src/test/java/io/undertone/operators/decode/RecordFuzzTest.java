package io.undertone.operators.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.undertone.schemas.AudioChunk;
import io.undertone.schemas.PublishedSchemas;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/** Records of any bytes: a chunk, or a reason why not. CONTRIBUTING.md says how to fuzz. */
class RecordFuzzTest {
  private final List<Schema> versions = PublishedSchemas.of("AudioChunk");
  private final SingleObjectReader<AudioChunk> reader = new SingleObjectReader<>(AudioChunk.class);
  private final ChunkRules rules = new ChunkRules(DecodeOptions.defaults());

  /** The version of the schema, and the value after its header. */
  @FuzzTest(maxDuration = "3m")
  void record(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    Schema version = versions.get((bytes[0] & 0xff) % versions.size());
    ByteBuffer record = ByteBuffer.allocate(9 + bytes.length).order(ByteOrder.LITTLE_ENDIAN);
    record.put((byte) 0xC3).put((byte) 1);
    record.putLong(SchemaNormalization.parsingFingerprint64(version));
    record.put(bytes, 1, bytes.length - 1);
    try {
      AudioChunk chunk = reader.read(record.array());
      NameRules.checkConversation(chunk.getTenant(), chunk.getConversationId());
      rules.checkAudio(chunk);
      assertThat(chunk.getTenant()).isNotEmpty();
    } catch (MalformedRecordException | InvalidChunkException e) {
      assertThat(e).hasMessageMatching("(?s).+");
    }
  }
}
