/** Weights and settings on disk: safetensors and JSON, with errors that name file and field. */
@NullMarked
package io.undertone.model.torch.files;

import org.jspecify.annotations.NullMarked;
