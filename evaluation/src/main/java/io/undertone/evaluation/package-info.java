/**
 * Evaluates models, never on a cluster. {@code dialogue} runs a model through labelled dialogues
 * under several conditions, {@code comparison} compares these, {@code ablation} measures what parts
 * of a memory contribute, and {@code alarm} judges calls by the episodes that alarms find. {@code
 * conformance} compares a model with the reference libraries.
 */
@NullMarked
package io.undertone.evaluation;

import org.jspecify.annotations.NullMarked;
