/**
 * One open model for all its users in a JVM. A {@link io.undertone.model.recognizer.ModelHandle} is
 * one user's share of it; the {@link io.undertone.model.recognizer.Recognizer} forms batches across
 * users, on the one thread that owns the model's device.
 */
@NullMarked
package io.undertone.model.recognizer;

import org.jspecify.annotations.NullMarked;
