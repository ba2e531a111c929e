package io.undertone.model.torch;

import ai.djl.ndarray.NDManager;
import io.undertone.model.torch.encoder.ArithmeticChoice;
import io.undertone.model.torch.files.JsonObject;
import io.undertone.model.torch.tokenizer.FsqSpeechTokenizer;
import io.undertone.model.torch.tokenizer.SpeechTokenizer;
import io.undertone.model.torch.tokenizer.SpeechTokenizerLoader;
import io.undertone.model.torch.tokenizer.cosyvoice.CosyVoiceTokenizer;
import java.nio.file.Path;

/**
 * Reads the speech tokenizer of a model's directory, as its {@value FsqSpeechTokenizer#CONFIG_FILE}
 * says: one that this project trains, or CosyVoice2's.
 *
 * @param arithmetic of the pretrained encoder, if it has one
 */
public record SpeechTokenizers(ArithmeticChoice arithmetic) implements SpeechTokenizerLoader {

  @Override
  public SpeechTokenizer load(Path modelDirectory, NDManager parent) {
    JsonObject json = JsonObject.read(modelDirectory.resolve(FsqSpeechTokenizer.CONFIG_FILE));
    return json.text("format").equals(CosyVoiceTokenizer.FORMAT)
        ? CosyVoiceTokenizer.load(modelDirectory)
        : FsqSpeechTokenizer.load(modelDirectory, arithmetic.on(parent.getDevice()), parent);
  }
}
