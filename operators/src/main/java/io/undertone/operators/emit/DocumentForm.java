package io.undertone.operators.emit;

/** In which other form an ended call is told, beside its event. */
public enum DocumentForm {
  NONE,
  CONTACT_LENS
}
