package io.undertone.local.savepoint;

import io.undertone.jobs.OperatorUids;
import io.undertone.model.call.ChannelState;
import io.undertone.operators.Conversation;
import io.undertone.operators.encryption.StateCipher;
import io.undertone.operators.recognize.SavedMemories;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.api.OperatorIdentifier;
import org.apache.flink.state.api.SavepointReader;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

/** The memories in a savepoint. Flink reads it in this process. */
public final class SavepointMemories {
  private static final Comparator<SavedMemory> ORDER =
      Comparator.comparing((SavedMemory memory) -> memory.conversation().key())
          .thenComparing(SavedMemory::channel);

  private SavepointMemories() {}

  /**
   * All memories, by tenant, conversation and channel.
   *
   * @param savepoint its folder, in Flink's canonical format
   * @param cipher decrypts them
   * @throws SavepointException if the savepoint is unreadable
   * @throws io.undertone.operators.encryption.StateKeyException if a key is missing
   */
  public static List<SavedMemory> read(Path savepoint, StateCipher cipher)
      throws SavepointException {
    if (!Files.isRegularFile(savepoint.resolve(SavepointEraser.METADATA))) {
      throw new SavepointException(
          "a savepoint must be a folder with a file %s, but %s has none"
              .formatted(SavepointEraser.METADATA, savepoint));
    }
    List<SavedMemory> memories = new ArrayList<>();
    try (CloseableIterator<Tuple3<String, Integer, byte[]>> entries = entries(savepoint)) {
      while (entries.hasNext()) {
        memories.add(memory(entries.next(), cipher));
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new SavepointException("cannot read savepoint " + savepoint, e);
    }
    memories.sort(ORDER);
    return memories;
  }

  private static CloseableIterator<Tuple3<String, Integer, byte[]>> entries(Path savepoint)
      throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
    env.setRuntimeMode(RuntimeExecutionMode.BATCH);
    return SavepointReader.read(
            env, savepoint.toAbsolutePath().toUri().toString(), new HashMapStateBackend())
        .readKeyedState(
            OperatorIdentifier.forUid(OperatorUids.RECOGNIZE),
            new MemoryReader(),
            Types.STRING,
            Types.TUPLE(
                Types.STRING, Types.INT, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO))
        .executeAndCollect();
  }

  private static SavedMemory memory(Tuple3<String, Integer, byte[]> entry, StateCipher cipher) {
    ChannelState state = SavedMemories.decode(entry.f0, entry.f1, entry.f2, cipher);
    return new SavedMemory(
        Conversation.ofKey(entry.f0),
        entry.f1,
        entry.f2.length,
        StateCipher.keyId(entry.f2),
        state.lastEstimate(),
        state.memory());
  }
}
