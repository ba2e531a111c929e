/**
 * The features of the clips and their augmentation. A {@link
 * io.undertone.training.features.FeatureStore} computes the features of each clip once in each
 * {@link io.undertone.training.features.ClipVersion}: as recorded, over {@link
 * io.undertone.training.features.TelephoneLine}s, and with a {@link
 * io.undertone.training.features.SpeedChange}. {@link
 * io.undertone.training.features.FeatureAugmentation} then varies them anew in each step.
 */
@NullMarked
package io.undertone.training.features;

import org.jspecify.annotations.NullMarked;
