package io.undertone.local.savepoint;

import io.undertone.operators.recognize.SavedMemories;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.state.api.functions.KeyedStateReaderFunction;
import org.apache.flink.util.Collector;

/** Reads key, channel and saved bytes of each memory. */
final class MemoryReader extends KeyedStateReaderFunction<String, Tuple3<String, Integer, byte[]>> {
  private static final long serialVersionUID = 1L;

  private transient SavedMemories memories;

  @SuppressWarnings("NullAway.Init") // Flink calls open first.
  MemoryReader() {}

  @Override
  public void open(OpenContext context) {
    memories = SavedMemories.of(getRuntimeContext());
  }

  @Override
  public void readKey(String call, Context context, Collector<Tuple3<String, Integer, byte[]>> out)
      throws Exception {
    for (Map.Entry<Integer, byte[]> channel : memories.ofCurrentCall().entrySet()) {
      out.collect(Tuple3.of(call, channel.getKey(), channel.getValue()));
    }
  }
}
