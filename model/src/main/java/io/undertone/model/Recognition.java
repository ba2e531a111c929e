package io.undertone.model;

/** What was heard in an utterance, and what the memory made of it. */
public record Recognition(EmotionEstimate estimate, MemoryUpdate update) {}
