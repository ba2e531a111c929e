package io.undertone.local.cluster;

/**
 * A checkpoint that is complete.
 *
 * @param id counted by the job
 * @param startedMs when it began, in milliseconds since 1970-01-01 UTC
 * @param completedMs when the last subtask had acknowledged it, in milliseconds since 1970-01-01
 *     UTC
 */
public record CompletedCheckpoint(long id, long startedMs, long completedMs) {}
