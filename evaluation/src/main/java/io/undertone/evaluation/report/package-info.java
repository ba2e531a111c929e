/** Results of evaluations, as tables and by name. */
@NullMarked
package io.undertone.evaluation.report;

import org.jspecify.annotations.NullMarked;
