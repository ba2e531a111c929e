package io.undertone.operators;

import org.jspecify.annotations.Nullable;

/**
 * A valid alert rule that replaces the one of its name.
 *
 * @param yaml the rule; null if it is removed
 */
public record RuleChange(String name, @Nullable String yaml) {}
