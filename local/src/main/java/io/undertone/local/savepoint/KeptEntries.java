package io.undertone.local.savepoint;

import java.io.IOException;
import java.util.List;
import java.util.function.BiPredicate;
import org.apache.flink.runtime.state.KeyValueStateIterator;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;
import org.apache.flink.runtime.state.restore.KeyGroup;
import org.apache.flink.runtime.state.restore.KeyGroupEntry;
import org.apache.flink.runtime.state.restore.SavepointRestoreResult;
import org.apache.flink.runtime.state.restore.ThrowingIterator;
import org.apache.flink.util.StateMigrationException;
import org.jspecify.annotations.Nullable;

/** The entries of a subtask's keyed state in their order, without those that are left out. */
final class KeptEntries implements KeyValueStateIterator {
  private final ThrowingIterator<KeyGroup> groups;
  private final List<StateMetaInfoSnapshot> states;
  private final BiPredicate<StateMetaInfoSnapshot, byte[]> leftOut;
  private @Nullable ThrowingIterator<KeyGroupEntry> entries;
  private @Nullable KeyGroupEntry current;
  private int keyGroup = -1;
  private boolean newKeyGroup;
  private boolean newState;
  private int entriesLeftOut;

  /**
   * @param leftOut decides by the state and the serialized key
   */
  KeptEntries(SavepointRestoreResult saved, BiPredicate<StateMetaInfoSnapshot, byte[]> leftOut)
      throws IOException {
    groups = saved.getRestoredKeyGroups();
    states = saved.getStateMetaInfoSnapshots();
    this.leftOut = leftOut;
    next();
  }

  @Override
  public void next() throws IOException {
    int groupBefore = keyGroup;
    int stateBefore = current == null ? -1 : current.getKvStateId();
    try {
      current = nextKept();
    } catch (StateMigrationException e) {
      throw new IOException(e);
    }
    newKeyGroup = keyGroup != groupBefore;
    newState = newKeyGroup || (current != null && current.getKvStateId() != stateBefore);
  }

  private @Nullable KeyGroupEntry nextKept() throws IOException, StateMigrationException {
    while (true) {
      while (entries != null && entries.hasNext()) {
        KeyGroupEntry entry = entries.next();
        if (!leftOut.test(states.get(entry.getKvStateId()), entry.getKey())) {
          return entry;
        }
        entriesLeftOut++;
      }
      if (!groups.hasNext()) {
        return null;
      }
      KeyGroup group = groups.next();
      keyGroup = group.getKeyGroupId();
      entries = group.getKeyGroupEntries();
    }
  }

  int entriesLeftOut() {
    return entriesLeftOut;
  }

  @Override
  public int keyGroup() {
    return keyGroup;
  }

  @Override
  public byte[] key() {
    return entry().getKey();
  }

  @Override
  public byte[] value() {
    return entry().getValue();
  }

  @Override
  public int kvStateId() {
    return entry().getKvStateId();
  }

  @Override
  public boolean isNewKeyValueState() {
    return newState;
  }

  @Override
  public boolean isNewKeyGroup() {
    return newKeyGroup;
  }

  @Override
  public boolean isValid() {
    return current != null;
  }

  private KeyGroupEntry entry() {
    if (current == null) {
      throw new IllegalStateException("an entry must be left, but none is");
    }
    return current;
  }

  @Override
  public void close() {}
}
