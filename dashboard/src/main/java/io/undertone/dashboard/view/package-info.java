/** What the read API answers: its records are the JSON documents of the API. */
@NullMarked
package io.undertone.dashboard.view;

import org.jspecify.annotations.NullMarked;
