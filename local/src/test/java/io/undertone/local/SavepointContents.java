package io.undertone.local;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.StateSerializerProvider;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;
import org.apache.flink.runtime.state.restore.FullSnapshotRestoreOperation;
import org.apache.flink.runtime.state.restore.KeyGroup;
import org.apache.flink.runtime.state.restore.KeyGroupEntry;
import org.apache.flink.runtime.state.restore.SavepointRestoreResult;
import org.apache.flink.runtime.state.restore.ThrowingIterator;
import org.apache.flink.util.StateMigrationException;

/** What keyed state a savepoint holds. */
final class SavepointContents {

  private SavepointContents() {}

  /** The number of entries of each keyed state of an operator; empty states are left out. */
  static Map<String, Integer> entriesByState(Path savepoint, String operatorUid)
      throws IOException, StateMigrationException {
    Map<String, Integer> entries = new TreeMap<>();
    for (OperatorState operator : operators(savepoint)) {
      if (operator.getOperatorUid().equals(Optional.of(operatorUid))) {
        for (OperatorSubtaskState subtask : operator.getStates()) {
          for (KeyedStateHandle handle : subtask.getManagedKeyedState()) {
            count(handle, entries);
          }
        }
      }
    }
    return entries;
  }

  private static List<OperatorState> operators(Path savepoint) throws IOException {
    try (DataInputStream metadata =
        new DataInputStream(Files.newInputStream(savepoint.resolve("_metadata")))) {
      return new ArrayList<>(
          Checkpoints.loadCheckpointMetadata(
                  metadata,
                  SavepointContents.class.getClassLoader(),
                  savepoint.toAbsolutePath().toUri().toString())
              .getOperatorStates());
    }
  }

  private static void count(KeyedStateHandle handle, Map<String, Integer> entries)
      throws IOException, StateMigrationException {
    FullSnapshotRestoreOperation<String> restore =
        new FullSnapshotRestoreOperation<>(
            handle.getKeyGroupRange(),
            SavepointContents.class.getClassLoader(),
            List.of(handle),
            StateSerializerProvider.fromNewRegisteredSerializer(StringSerializer.INSTANCE));
    try (ThrowingIterator<SavepointRestoreResult> results = restore.restore()) {
      while (results.hasNext()) {
        SavepointRestoreResult result = results.next();
        List<String> names =
            result.getStateMetaInfoSnapshots().stream()
                .map(StateMetaInfoSnapshot::getName)
                .toList();
        count(result, names, entries);
      }
    }
  }

  private static void count(
      SavepointRestoreResult result, List<String> names, Map<String, Integer> entries)
      throws IOException, StateMigrationException {
    try (ThrowingIterator<KeyGroup> groups = result.getRestoredKeyGroups()) {
      while (groups.hasNext()) {
        try (ThrowingIterator<KeyGroupEntry> group = groups.next().getKeyGroupEntries()) {
          while (group.hasNext()) {
            entries.merge(names.get(group.next().getKvStateId()), 1, Integer::sum);
          }
        }
      }
    }
  }
}
