package io.undertone.jobs.options;

/** Where keyed state lives while the job runs. */
public enum StateBackend {
  /** As the cluster is configured. */
  CLUSTER,
  /** On the heap. */
  HASHMAP,
  /** On local disk, with incremental checkpoints. */
  ROCKSDB,
  /** In ForSt, Flink's successor to RocksDB. */
  FORST
}
