/**
 * Judges the recipe on corpora that it did not learn from. {@link
 * io.undertone.training.leaveout.LeaveOneOut} trains token network and utterance head without each
 * corpus in turn and estimates its clips; {@link io.undertone.training.leaveout.LeftOutReport} is
 * the table, calibrated by {@link io.undertone.training.leaveout.Temperature}s.
 */
@NullMarked
package io.undertone.training.leaveout;

import org.jspecify.annotations.NullMarked;
