package io.undertone.operators;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Target;

/**
 * Marks a class that former savepoints name and cannot be restored without. Only the code that
 * migrates its state uses it. Name, package and fields must not change.
 */
@Documented
@Target(ElementType.TYPE)
public @interface KeptForSavepoints {}
