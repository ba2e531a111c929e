/** Which failures a restart cannot mend, and how they end the job. */
@NullMarked
package io.undertone.jobs.failure;

import org.jspecify.annotations.NullMarked;
