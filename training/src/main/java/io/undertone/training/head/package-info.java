/**
 * Trains the utterance head: a linear map from the statistics of an utterance to its emotion, and
 * one to a few numbers that describe the voice. {@link
 * io.undertone.training.head.UtteranceHeadTraining} collects {@link
 * io.undertone.training.head.WeightedStatistics}, solves {@link
 * io.undertone.training.head.LogisticRegression}, and finds {@link
 * io.undertone.training.head.PrincipalComponents}.
 */
@NullMarked
package io.undertone.training.head;

import org.jspecify.annotations.NullMarked;
