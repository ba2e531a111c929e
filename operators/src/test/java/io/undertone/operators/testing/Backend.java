package io.undertone.operators.testing;

import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.forst.ForStStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;

/** The state backends. */
public enum Backend {
  HASH_MAP,
  ROCKS_DB,
  FOR_ST;

  public StateBackend create() {
    return switch (this) {
      case HASH_MAP -> new HashMapStateBackend();
      case ROCKS_DB -> new EmbeddedRocksDBStateBackend();
      case FOR_ST -> new ForStStateBackend();
    };
  }
}
