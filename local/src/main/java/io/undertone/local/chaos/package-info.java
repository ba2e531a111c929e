/**
 * Live calls through the job on a real cluster while its processes fail, and a comparison of the
 * events with those of an undisturbed run.
 */
@NullMarked
package io.undertone.local.chaos;

import org.jspecify.annotations.NullMarked;
