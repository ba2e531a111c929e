package io.undertone.jobs.options;

/** Where keyed state lives while the job runs. */
public enum StateBackend {
  /** As the cluster is configured. */
  CLUSTER,
  /** On the heap. */
  HASHMAP,
  /** On local disk, with incremental checkpoints. */
  ROCKSDB,
  /** As RocksDB, in its successor in Flink. */
  FORST
}
