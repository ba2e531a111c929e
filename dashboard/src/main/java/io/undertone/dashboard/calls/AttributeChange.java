package io.undertone.dashboard.calls;

import java.util.Map;

/**
 * The attributes of a call from an offset on: a transfer changes its queue.
 *
 * @param offsetMs since the start of the call
 */
public record AttributeChange(long offsetMs, Map<String, String> values) {}
