/** The PyTorch engine. One thread owns the device and does all native work. */
@NullMarked
package io.undertone.model.torch.device;

import org.jspecify.annotations.NullMarked;
