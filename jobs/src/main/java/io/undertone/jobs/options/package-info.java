/** The options of the emotion job: their definitions, and how they are read and checked. */
@NullMarked
package io.undertone.jobs.options;

import org.jspecify.annotations.NullMarked;
