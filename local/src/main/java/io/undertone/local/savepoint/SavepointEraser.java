package io.undertone.local.savepoint;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.core.fs.CloseableRegistry;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.runtime.checkpoint.StateObjectCollection;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.CheckpointStreamWithResultProvider;
import org.apache.flink.runtime.state.CheckpointedStateScope;
import org.apache.flink.runtime.state.CompositeKeySerializationUtils;
import org.apache.flink.runtime.state.FullSnapshotAsyncWriter;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyGroupsSavepointStateHandle;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.StateSerializerProvider;
import org.apache.flink.runtime.state.StreamStateHandle;
import org.apache.flink.runtime.state.filesystem.FileStateHandle;
import org.apache.flink.runtime.state.filesystem.FsCheckpointStreamFactory;
import org.apache.flink.runtime.state.filesystem.RelativeFileStateHandle;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot.BackendStateType;
import org.apache.flink.runtime.state.restore.FullSnapshotRestoreOperation;
import org.apache.flink.runtime.state.restore.SavepointRestoreResult;
import org.apache.flink.runtime.state.restore.ThrowingIterator;

/**
 * Copies a savepoint without a call. It leaves out the call's entries of all keyed states, timers
 * among them, and keeps all else byte by byte. Flink's State Processor API would write an operator
 * anew instead: without its operator state, times to live, and states that it is not told of.
 */
public final class SavepointEraser {
  static final String METADATA = "_metadata";

  /** Smaller state is part of the metadata. */
  private static final int SMALLEST_FILE_BYTES = 1024;

  private static final int BUFFER_BYTES = 1 << 16;

  private final String call;
  private final Path source;
  private final Path target;
  private final Set<String> replaced = new HashSet<>();
  private int entriesLeftOut;

  private SavepointEraser(String call, Path source, Path target) {
    this.call = call;
    this.source = source;
    this.target = target;
  }

  /**
   * Copies a savepoint without a call.
   *
   * @param call its key
   * @param source folder of the savepoint, in Flink's canonical format
   * @param target folder of the copy; must not exist
   * @return how many entries were left out
   */
  public static int copyWithout(String call, Path source, Path target) throws SavepointException {
    try {
      return new SavepointEraser(call, source, target).copy();
    } catch (SavepointException e) {
      throw e;
    } catch (Exception e) {
      throw new SavepointException("cannot copy savepoint %s: %s".formatted(source, e), e);
    }
  }

  private int copy() throws Exception {
    CheckpointMetadata metadata = readMetadata();
    Files.createDirectories(target.toAbsolutePath().getParent());
    Files.createDirectory(target);
    for (OperatorState operator : metadata.getOperatorStates()) {
      for (Map.Entry<Integer, OperatorSubtaskState> subtask :
          Map.copyOf(operator.getSubtaskStates()).entrySet()) {
        operator.putState(
            subtask.getKey(), without(subtask.getValue(), operator.getMaxParallelism()));
      }
    }
    copyOtherFiles();
    try (DataOutputStream out =
        new DataOutputStream(Files.newOutputStream(target.resolve(METADATA)))) {
      Checkpoints.storeCheckpointMetadata(metadata, out);
    }
    return entriesLeftOut;
  }

  private CheckpointMetadata readMetadata() throws IOException {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(source.resolve(METADATA)))) {
      return Checkpoints.loadCheckpointMetadata(
          in, SavepointEraser.class.getClassLoader(), source.toAbsolutePath().toUri().toString());
    }
  }

  private OperatorSubtaskState without(OperatorSubtaskState subtask, int maxParallelism)
      throws Exception {
    List<KeyedStateHandle> handles = new ArrayList<>();
    for (KeyedStateHandle handle : subtask.getManagedKeyedState()) {
      handles.add(isOfCall(handle, maxParallelism) ? without(handle, maxParallelism) : handle);
    }
    return subtask.toBuilder().setManagedKeyedState(new StateObjectCollection<>(handles)).build();
  }

  private boolean isOfCall(KeyedStateHandle handle, int maxParallelism) {
    return handle
        .getKeyGroupRange()
        .contains(KeyGroupRangeAssignment.assignToKeyGroup(call, maxParallelism));
  }

  private KeyedStateHandle without(KeyedStateHandle handle, int maxParallelism) throws Exception {
    if (!(handle instanceof KeyGroupsSavepointStateHandle savepoint)) {
      throw new SavepointException(
          "a savepoint must be in Flink's canonical format, but is in that of a state backend");
    }
    FullSnapshotRestoreOperation<String> restore =
        new FullSnapshotRestoreOperation<>(
            handle.getKeyGroupRange(),
            SavepointEraser.class.getClassLoader(),
            List.of(handle),
            StateSerializerProvider.fromNewRegisteredSerializer(StringSerializer.INSTANCE));
    try (ThrowingIterator<SavepointRestoreResult> results = restore.restore()) {
      SavepointRestoreResult saved = results.next();
      int prefixBytes =
          CompositeKeySerializationUtils.computeRequiredBytesInKeyGroupPrefix(maxParallelism);
      KeptEntries kept =
          new KeptEntries(saved, (state, key) -> call.equals(call(state, key, prefixBytes)));
      KeyedStateHandle written =
          new FullSnapshotAsyncWriter<>(
                  SavepointType.savepoint(SavepointFormatType.CANONICAL),
                  this::newFile,
                  new KeptState(saved.getStateMetaInfoSnapshots(), handle.getKeyGroupRange(), kept))
              .get(new CloseableRegistry())
              .getJobManagerOwnedSnapshot();
      entriesLeftOut += kept.entriesLeftOut();
      forget(savepoint);
      return Objects.requireNonNull(written);
    }
  }

  /** The call that an entry belongs to. */
  private static String call(StateMetaInfoSnapshot state, byte[] key, int prefixBytes) {
    DataInputDeserializer in = new DataInputDeserializer(key);
    try {
      in.skipBytesToRead(prefixBytes);
      if (state.getBackendStateType() == BackendStateType.PRIORITY_QUEUE) {
        in.skipBytesToRead(Long.BYTES); // the time of a timer
      }
      return StringSerializer.INSTANCE.deserialize(in);
    } catch (IOException e) {
      throw new UncheckedIOException("key of state " + state.getName() + " must be readable", e);
    }
  }

  private CheckpointStreamWithResultProvider newFile() throws IOException {
    org.apache.flink.core.fs.Path folder = new org.apache.flink.core.fs.Path(target.toUri());
    return CheckpointStreamWithResultProvider.createSimpleStream(
        CheckpointedStateScope.EXCLUSIVE,
        new FsCheckpointStreamFactory(
            LocalFileSystem.getSharedInstance(),
            folder,
            folder,
            SMALLEST_FILE_BYTES,
            BUFFER_BYTES));
  }

  /** The file of former state must not be copied. */
  private void forget(KeyGroupsStateHandle handle) throws SavepointException {
    StreamStateHandle file = handle.getDelegateStateHandle();
    if (file instanceof RelativeFileStateHandle relative) {
      replaced.add(relative.getRelativePath());
    } else if (file instanceof FileStateHandle absolute) {
      throw new SavepointException(
          "files of a savepoint must be in its folder, but one is " + absolute.getFilePath());
    }
  }

  private void copyOtherFiles() throws IOException {
    try (Stream<Path> files = Files.list(source)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (!name.equals(METADATA) && !replaced.contains(name)) {
          Files.copy(file, target.resolve(name));
        }
      }
    }
  }
}
