package io.undertone.operators.alert;

import io.undertone.alerts.state.CallAlerts;
import io.undertone.operators.Conversation;
import io.undertone.operators.encryption.StateCipher;
import io.undertone.operators.encryption.StateEntry;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * Keyed state: what the rules have seen of the current call. If the job has keys, all but the ids
 * and times of the call is encrypted.
 */
final class CallAlertsState {
  private static final String NAME = "call-alerts";
  private static final int ALL_CHANNELS = -1;

  private final ValueState<CallAlerts> calls;
  private final StateCipher cipher;

  private CallAlertsState(ValueState<CallAlerts> calls, StateCipher cipher) {
    this.calls = calls;
    this.cipher = cipher;
  }

  static CallAlertsState of(RuntimeContext runtime, StateCipher cipher) {
    return new CallAlertsState(
        runtime.getState(new ValueStateDescriptor<>(NAME, new AvroTypeInfo<>(CallAlerts.class))),
        cipher);
  }

  /** What is known of the current call; null if nothing is. */
  @Nullable CallAlerts value() throws IOException {
    CallAlerts call = calls.value();
    if (call == null || call.getSealed() == null) {
      return call;
    }
    return CallAlerts.getDecoder().decode(cipher.decrypt(call.getSealed(), entry(call)));
  }

  void update(CallAlerts call) throws IOException {
    calls.update(cipher.encrypts() ? seal(call) : call);
  }

  void clear() {
    calls.clear();
  }

  private CallAlerts seal(CallAlerts call) throws IOException {
    return CallAlerts.newBuilder(call)
        .setWatches(List.of())
        .setSealed(cipher.encrypt(CallAlerts.getEncoder().encode(call), entry(call)))
        .build();
  }

  private static StateEntry entry(CallAlerts call) {
    return new StateEntry(
        NAME, new Conversation(call.getTenant(), call.getConversationId()).key(), ALL_CHANNELS);
  }
}
