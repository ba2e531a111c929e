package io.undertone.dashboard.calls;

/** A call: its tenant and its id within the tenant. */
public record CallKey(String tenant, String conversation) {}
