package io.undertone.model.torch.tokenizer.cosyvoice;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.Result;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import io.undertone.model.torch.encoder.LogMel;
import io.undertone.model.torch.files.ModelFileException;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The ONNX model. Its inputs are addressed by position: a log-mel spectrum, float32 (1, bands,
 * frames), and its length, int32 (1). Output 0 has the codes, int32 or int64.
 */
final class CosyVoiceSession implements AutoCloseable {
  private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

  private final Path file;
  private final OrtSession session;
  private final String spectrumName;
  private final String lengthName;

  private CosyVoiceSession(Path file, OrtSession session, List<String> inputs) {
    this.file = file;
    this.session = session;
    this.spectrumName = inputs.get(0);
    this.lengthName = inputs.get(1);
  }

  static CosyVoiceSession open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new ModelFileException(file, "file must exist");
    }
    try (SessionOptions options = new SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      OrtSession session = ENVIRONMENT.createSession(file.toString(), options);
      try {
        checkInputs(file, session);
        return new CosyVoiceSession(file, session, List.copyOf(session.getInputNames()));
      } catch (OrtException | RuntimeException e) {
        session.close();
        throw e;
      }
    } catch (OrtException e) {
      throw new ModelFileException(file, "must be an ONNX model, but " + e.getMessage(), e);
    }
  }

  private static void checkInputs(Path file, OrtSession session) throws OrtException {
    List<NodeInfo> inputs = new ArrayList<>(session.getInputInfo().values());
    boolean fit =
        inputs.size() == 2
            && hasForm(inputs.get(0), OnnxJavaType.FLOAT, 1, CosyVoiceTokenizer.BANDS, -1)
            && hasForm(inputs.get(1), OnnxJavaType.INT32, 1);
    if (!fit) {
      throw new ModelFileException(
          file,
          "inputs must be float32 (1, %d, frames) and int32 (1), but are %s"
              .formatted(CosyVoiceTokenizer.BANDS, inputs));
    }
  }

  /** Whether an input takes a shape; -1 stands for any length, in the shape and in the model. */
  private static boolean hasForm(NodeInfo input, OnnxJavaType type, long... shape) {
    if (!(input.getInfo() instanceof TensorInfo info)
        || info.type != type
        || info.getShape().length != shape.length) {
      return false;
    }
    for (int i = 0; i < shape.length; i++) {
      long length = info.getShape()[i];
      if (length != -1 && length != shape[i]) {
        return false;
      }
    }
    return true;
  }

  /** The codes of a window of a spectrum. */
  int[] codes(LogMel spectrum, Window window) {
    FloatBuffer frames = FloatBuffer.wrap(bandByBand(spectrum, window));
    long[] shape = {1, CosyVoiceTokenizer.BANDS, window.frames()};
    IntBuffer length = IntBuffer.wrap(new int[] {window.frames()});
    try (OnnxTensor spectrumTensor = OnnxTensor.createTensor(ENVIRONMENT, frames, shape);
        OnnxTensor lengthTensor = OnnxTensor.createTensor(ENVIRONMENT, length, new long[] {1});
        Result result =
            session.run(Map.of(spectrumName, spectrumTensor, lengthName, lengthTensor))) {
      return checked(codes((OnnxTensor) result.get(0)));
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed on " + file + ": " + e.getMessage(), e);
    }
  }

  /** (frames, bands) to (bands, frames). */
  private static float[] bandByBand(LogMel spectrum, Window window) {
    int frames = window.frames();
    int bands = spectrum.bands();
    float[] values = new float[bands * frames];
    for (int frame = 0; frame < frames; frame++) {
      for (int band = 0; band < bands; band++) {
        int at = (window.begin() + frame) * bands + band;
        values[band * frames + frame] = spectrum.values()[at];
      }
    }
    return values;
  }

  private int[] codes(OnnxTensor output) {
    return switch (output.getInfo().type) {
      case INT32 -> {
        int[] codes = new int[output.getIntBuffer().remaining()];
        output.getIntBuffer().get(codes);
        yield codes;
      }
      case INT64 -> {
        long[] codes = new long[output.getLongBuffer().remaining()];
        output.getLongBuffer().get(codes);
        yield Arrays.stream(codes).mapToInt(Math::toIntExact).toArray();
      }
      default ->
          throw new ModelFileException(
              file, "output 0 must be int32 or int64, but is " + output.getInfo().type);
    };
  }

  private int[] checked(int[] codes) {
    for (int code : codes) {
      if (code < 0 || code >= CosyVoiceTokenizer.CODES) {
        throw new ModelFileException(
            file,
            "codes must be 0 to %d, but one is %d".formatted(CosyVoiceTokenizer.CODES - 1, code));
      }
    }
    return codes;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
