@NullMarked
package io.undertone.jobs;

import org.jspecify.annotations.NullMarked;
