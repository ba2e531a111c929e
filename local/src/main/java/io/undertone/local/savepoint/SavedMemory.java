package io.undertone.local.savepoint;

import io.undertone.model.MemorySnapshot;
import io.undertone.model.call.LastEstimate;
import io.undertone.operators.Conversation;
import java.util.Optional;

/**
 * A channel of a call that has a memory in a savepoint.
 *
 * @param savedBytes its size in the savepoint
 * @param keyId of the key that it is encrypted with; empty if it is not
 * @param lastEstimate of its last utterance
 */
public record SavedMemory(
    Conversation conversation,
    int channel,
    int savedBytes,
    Optional<String> keyId,
    Optional<LastEstimate> lastEstimate,
    MemorySnapshot memory) {}
