/** Who may see which tenants, and who opened which call. */
@NullMarked
package io.undertone.dashboard.access;

import org.jspecify.annotations.NullMarked;
