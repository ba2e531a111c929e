package io.undertone.model.torch.device;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * A TorchScript module compiled from source text, for operations and types that DJL does not offer.
 * The tensors that it keeps may be bfloat16. DJL aborts the process on bfloat16, so these tensors
 * must not be returned. Runs on the device's owner thread, and but for {@link #learning} without
 * gradients.
 */
public final class TorchScript {
  private static final String FORWARD = "forward";

  private final PtSymbolBlock module;

  private TorchScript(PtSymbolBlock module) {
    this.module = module;
  }

  /**
   * Compiles a module.
   *
   * @param methods in the form that PyTorch serialises, indented by two, {@code forward} among
   *     them; {@code self.tensors} lists what the module keeps
   * @param owner the module lives until it is closed
   */
  public static TorchScript load(String methods, NDManager owner) {
    ByteArrayInputStream archive = new ByteArrayInputStream(TorchScriptArchive.of(methods));
    try {
      return new TorchScript(JniUtils.loadModule((PtNDManager) owner, archive, false, false));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Appends a copy to the module's tensors. */
  public void keep(NDArray tensor) {
    keep(TorchScriptArchive.KEEP, tensor);
  }

  /**
   * Calls a method {@code (self, tensor: Tensor) -> NoneType} of the module, which appends what it
   * makes of the tensor to the module's tensors.
   */
  public void keep(String method, NDArray tensor) {
    call(method, IValue.from((PtNDArray) tensor)).close();
  }

  /** The same for a method {@code (self, tensor: Tensor, numbers: List[int]) -> NoneType}. */
  public void keep(String method, NDArray tensor, long... numbers) {
    call(method, IValue.from((PtNDArray) tensor), IValue.listFrom(numbers)).close();
  }

  /**
   * Calls {@code forward(self, tensor: Tensor) -> Tensor}; where gradients are on, the result has
   * one for the tensor.
   */
  public NDArray learning(NDArray tensor) {
    ParameterStore noParameters = new ParameterStore();
    return module.forward(noParameters, new NDList(tensor), true).singletonOrThrow();
  }

  /** Calls a method {@code (self, tensor: Tensor) -> Tensor} of the module. */
  public NDArray compute(String method, NDArray tensor) {
    return result(tensor, call(method, IValue.from((PtNDArray) tensor)));
  }

  /** Calls {@code forward(self, first: Tensor, …) -> Tensor}. */
  public NDArray forward(NDArray first, NDArray... more) {
    IValue[] arguments =
        Stream.concat(Stream.of(first), Arrays.stream(more))
            .map(tensor -> IValue.from((PtNDArray) tensor))
            .toArray(IValue[]::new);
    return result(first, call(FORWARD, arguments));
  }

  /** Calls {@code forward(self, tensor: Tensor, numbers: List[int]) -> Tensor}. */
  public NDArray forward(NDArray tensor, long[] numbers) {
    return result(tensor, call(FORWARD, IValue.from((PtNDArray) tensor), IValue.listFrom(numbers)));
  }

  /** The result belongs to the manager of the first argument. It cannot be changed in place. */
  private static NDArray result(NDArray argument, IValue value) {
    try (value) {
      return value.toTensor((PtNDManager) argument.getManager());
    }
  }

  private IValue call(String method, IValue... arguments) {
    try {
      return IValueUtils.runMethod(module, method, arguments);
    } finally {
      Arrays.stream(arguments).forEach(IValue::close);
    }
  }
}
