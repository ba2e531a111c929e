package io.undertone.model.torch.device;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a TorchScript module as PyTorch saves one: a zip of code and of a pickled object, whose
 * list of tensors is still empty.
 */
final class TorchScriptArchive {
  static final String KEEP = "keep";

  private static final String ROOT = "module/";
  private static final String VERSION = "10\n";

  /** Protocol 2 and an empty tuple: the code refers to no constants. */
  private static final byte[] NO_CONSTANTS = {(byte) 0x80, 2, ')', '.'};

  private static final String CODE =
      """
      class Script(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        _is_full_backward_hook : Optional[bool]
        tensors : List[Tensor]
        def keep(self, tensor: Tensor) -> NoneType:
          _0 = torch.append(self.tensors, torch.clone(tensor))
          return None
      """;

  private TorchScriptArchive() {}

  static byte[] of(String methods) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, "data.pkl", object());
      put(zip, "code/__torch__.py", (CODE + methods).getBytes(StandardCharsets.UTF_8));
      put(zip, "constants.pkl", NO_CONSTANTS);
      put(zip, "version", VERSION.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * The pickled module, a new __torch__.Script with its state: {training: False,
   * _is_full_backward_hook: None, tensors: build_tensorlist([])}.
   */
  private static byte[] object() throws IOException {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.write(new byte[] {(byte) 0x80, 2});
    pickle.write(ascii("c__torch__\nScript\n)"));
    pickle.write(new byte[] {(byte) 0x81, '}', '('});
    writeName(pickle, "training");
    pickle.write(0x89);
    writeName(pickle, "_is_full_backward_hook");
    pickle.write('N');
    writeName(pickle, "tensors");
    pickle.write(ascii("ctorch.jit._pickle\nbuild_tensorlist\n]"));
    pickle.write(new byte[] {(byte) 0x85, 'R', 'u', 'b', '.'});
    return pickle.toByteArray();
  }

  private static void writeName(ByteArrayOutputStream pickle, String name) throws IOException {
    pickle.write(new byte[] {'X', (byte) name.length(), 0, 0, 0});
    pickle.write(ascii(name));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** PyTorch reads only uncompressed zip entries. */
  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry(ROOT + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
