package io.undertone.model;

/** The estimate of an utterance, and the memory's update with it. */
public record Recognition(EmotionEstimate estimate, MemoryUpdate update) {}
