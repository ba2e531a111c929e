package io.undertone.operators;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Target;

/**
 * A class whose name is in the savepoints of earlier releases: without it they cannot be opened.
 * Only the code that migrates its state uses it. Name, package and fields must not change.
 */
@Documented
@Target(ElementType.TYPE)
public @interface KeptForSavepoints {}
