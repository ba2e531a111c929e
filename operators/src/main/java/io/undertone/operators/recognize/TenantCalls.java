package io.undertone.operators.recognize;

import io.undertone.operators.Conversation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the calls with a memory of each tenant in a subtask. Calls are spread over subtasks by
 * their key, so a job allows a tenant about as many as a subtask does, times its parallelism. After
 * a restart a call counts from its next utterance on.
 */
final class TenantCalls {
  private final int mostCalls;
  private final Map<String, Set<String>> callsByTenant = new HashMap<>();
  private final AtomicInteger size = new AtomicInteger();

  TenantCalls(int mostCalls) {
    this.mostCalls = mostCalls;
  }

  /** Whether a call may begin a memory. */
  boolean hasRoom(Conversation call) {
    Set<String> calls = callsByTenant.getOrDefault(call.tenant(), Set.of());
    return calls.size() < mostCalls || calls.contains(call.key());
  }

  /** Calls with a memory, of all tenants. Thread-safe. */
  int size() {
    return size.get();
  }

  /** A call has a memory. */
  void add(Conversation call) {
    if (callsByTenant.computeIfAbsent(call.tenant(), tenant -> new HashSet<>()).add(call.key())) {
      size.incrementAndGet();
    }
  }

  /** A call has no memory any more, or never had one. */
  void remove(Conversation call) {
    callsByTenant.computeIfPresent(
        call.tenant(),
        (tenant, calls) -> {
          if (calls.remove(call.key())) {
            size.decrementAndGet();
          }
          return calls.isEmpty() ? null : calls;
        });
  }
}
