/**
 * Judges calls as a supervisor would: episodes of an emotion that an alarm finds, against false
 * alarms. {@link io.undertone.evaluation.alarm.CallResult} is the whole result; start there.
 */
@NullMarked
package io.undertone.evaluation.alarm;

import org.jspecify.annotations.NullMarked;
