package io.undertone.dashboard.calls;

import java.util.Set;

/**
 * What has changed since the changes were last taken.
 *
 * @param changed calls with news
 * @param erased calls that were erased on request
 * @param forgotten calls that exceeded the window's bounds
 */
public record Changes(Set<CallKey> changed, Set<CallKey> erased, Set<CallKey> forgotten) {}
