package io.undertone.alerts.rules;

import java.util.Map;

/**
 * A rule.
 *
 * @param name {@code alert} in the file
 * @param version to be raised with each change, so that alerts of the old rule have other ids
 * @param match where the rule looks
 * @param condition what it looks for
 * @param forMs how long the condition must hold before the alert fires
 * @param keepFiringForMs how long the alert goes on after the condition holds no more
 * @param cooldownMs how long after the end of an alert none begins on the same channel
 * @param labels for machines
 * @param annotations for people
 */
public record AlertRule(
    String name,
    int version,
    RuleMatch match,
    Condition condition,
    long forMs,
    long keepFiringForMs,
    long cooldownMs,
    Map<String, String> labels,
    Map<String, Annotation> annotations) {}
