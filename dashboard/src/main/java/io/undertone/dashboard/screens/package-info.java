/** Pushes changes to all connected screens. */
@NullMarked
package io.undertone.dashboard.screens;

import org.jspecify.annotations.NullMarked;
