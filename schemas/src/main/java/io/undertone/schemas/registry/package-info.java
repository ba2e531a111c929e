/** Values in Confluent's wire format, whose schemas are in a registry. */
@NullMarked
package io.undertone.schemas.registry;

import org.jspecify.annotations.NullMarked;
