/** The HTTP server: the read API, the page and its protection. */
@NullMarked
package io.undertone.dashboard.web;

import org.jspecify.annotations.NullMarked;
