package io.undertone.operators.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.IncrementalRemoteKeyedStateHandle;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.StreamStateHandle;

/** What keyed state looks like in the files of a checkpoint. */
public final class StateFiles {

  private StateFiles() {}

  /** All bytes, each as one character. */
  public static String text(OperatorSubtaskState snapshot) throws IOException {
    StringBuilder text = new StringBuilder();
    for (KeyedStateHandle handle : snapshot.getManagedKeyedState()) {
      for (StreamStateHandle file : files(handle).toList()) {
        try (InputStream in = file.openInputStream()) {
          text.append(text(in.readAllBytes()));
        }
      }
    }
    return text.toString();
  }

  /** Bytes, each as one character. */
  public static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static Stream<StreamStateHandle> files(KeyedStateHandle handle) {
    return handle instanceof IncrementalRemoteKeyedStateHandle incremental
        ? Stream.concat(
                incremental.getSharedState().stream(), incremental.getPrivateState().stream())
            .map(file -> file.getHandle())
        : Stream.of((StreamStateHandle) handle);
  }
}
