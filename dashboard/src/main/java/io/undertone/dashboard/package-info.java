/** What supervisors look at: a server that follows the events topic, and its page. */
@NullMarked
package io.undertone.dashboard;

import org.jspecify.annotations.NullMarked;
