package io.undertone.local.chaos;

import java.util.Locale;

/** What can happen to a cluster. */
public enum FaultKind {
  /** A TaskManager gets SIGKILL, and another takes its place. */
  TASKMANAGER_KILLED,
  /** The same, within a checkpoint that was just triggered. */
  TASKMANAGER_KILLED_IN_CHECKPOINT,
  /** TaskManagers get SIGKILL one after the other, five times, while the job still recovers. */
  TASKMANAGERS_KILLED_IN_A_ROW,
  /** All TaskManagers get SIGKILL, and others take their places. */
  ALL_TASKMANAGERS_KILLED,
  /** A TaskManager is stopped by SIGSTOP, for less or more than the heartbeat timeout. */
  TASKMANAGER_PAUSED,
  /** The JobManager gets SIGKILL, and another takes its place. */
  JOBMANAGER_KILLED,
  /** The broker gets SIGKILL, and is started again some seconds later. */
  BROKER_KILLED,
  /** The broker is stopped by SIGSTOP for some seconds. */
  BROKER_PAUSED,
  /** ZooKeeper gets SIGKILL, and is started again some seconds later. */
  ZOOKEEPER_KILLED,
  /** No checkpoint can be written for some seconds. */
  STORE_UNWRITABLE,
  /** Each file of a checkpoint waits so long for some seconds that checkpoints expire. */
  STORE_SLOW,
  /** The disk of the checkpoints is full for some seconds. */
  STORE_FULL,
  /** The job is stopped with a savepoint, and submitted again with another parallelism. */
  JOB_RESCALED;

  /** Lower case, with dashes. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
