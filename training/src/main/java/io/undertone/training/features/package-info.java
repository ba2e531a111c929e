/**
 * The acoustic features of the clips, and their augmentation: {@link
 * io.undertone.training.features.FeatureStore} measures each clip once, as recorded and over
 * simulated telephone lines. Augmentation works on audio ({@link
 * io.undertone.training.features.TelephoneLine}) before features are measured, and on features
 * ({@link io.undertone.training.features.VirtualVoice}, {@link
 * io.undertone.training.features.FeatureAugmentation}) in each training step. Read them in this
 * order.
 */
@NullMarked
package io.undertone.training.features;

import org.jspecify.annotations.NullMarked;
