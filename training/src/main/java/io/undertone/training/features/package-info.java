/**
 * The features of the clips and their augmentation. {@link
 * io.undertone.training.features.ClipFeatures} is what training stages ask for features; it reads
 * them from a {@link io.undertone.training.features.FeatureStore}, which computes each clip once,
 * as recorded and over {@link io.undertone.training.features.TelephoneLine}s. {@link
 * io.undertone.training.features.VirtualVoice} and {@link
 * io.undertone.training.features.FeatureAugmentation} then vary the features anew in each step.
 */
@NullMarked
package io.undertone.training.features;

import org.jspecify.annotations.NullMarked;
