/** The whole road in one process, with calls that come with the project. */
@NullMarked
package io.undertone.cli.demo;

import org.jspecify.annotations.NullMarked;
