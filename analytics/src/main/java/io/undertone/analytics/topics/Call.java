package io.undertone.analytics.topics;

/** A call by its names. */
public record Call(String tenant, String conversationId) {}
