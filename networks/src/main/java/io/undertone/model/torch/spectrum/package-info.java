/** Short-time spectra of speech: windows, power, and energy in bands. Does not use tensors. */
@NullMarked
package io.undertone.model.torch.spectrum;

import org.jspecify.annotations.NullMarked;
