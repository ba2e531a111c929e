/** What the emotion job can be told on the command line and in a file, and how it is checked. */
@NullMarked
package io.undertone.jobs.options;

import org.jspecify.annotations.NullMarked;
