package io.undertone.model.torch.memory;

import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.llama.Llama;
import java.nio.file.Path;

/**
 * The model that an engine belongs to.
 *
 * @param directory of the model's files
 * @param correction of all estimates
 * @param manager memories live on its device until they, the engine or the manager are closed
 */
public record EngineContext(
    Path directory,
    Llama llama,
    Vocabulary vocabulary,
    LogitCorrection correction,
    NDManager manager) {}
