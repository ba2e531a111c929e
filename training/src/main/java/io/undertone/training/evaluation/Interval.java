package io.undertone.training.evaluation;

/** A 95 % interval. */
public record Interval(double low, double high) {}
