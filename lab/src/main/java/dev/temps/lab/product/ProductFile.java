package dev.temps.lab.product;

import dev.temps.kit.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The file that says how far Temps got on a lab, readable by its owner only. A crash at any moment
 * leaves the old or the new state.
 */
public final class ProductFile {
  private final Path file;

  /** The file in the directory of a lab. */
  public ProductFile(Path labDirectory) {
    this.file = labDirectory.resolve("temps.json");
  }

  /** Where it lies. */
  public Path path() {
    return file;
  }

  /** The state written last; one that can't be read counts as lost. */
  public ProductState read() {
    try {
      String text = Files.readString(file);
      return switch (Reply.object(text).text("stage")) {
        case "serving" -> new ProductState.Serving(Access.parse(text));
        case "complete" -> new ProductState.Complete(Access.parse(text));
        default -> new ProductState.Lost();
      };
    } catch (NoSuchFileException e) {
      return new ProductState.Untouched();
    } catch (IllegalArgumentException e) {
      return new ProductState.Lost();
    } catch (IOException e) {
      throw new UncheckedIOException("could not read " + file, e);
    }
  }

  /** Writes the state. */
  void write(ProductState state) {
    String text =
        switch (state) {
          case ProductState.Untouched() -> throw new IllegalArgumentException("no way back");
          case ProductState.Lost() -> "{\"stage\":\"starting\"}";
          case ProductState.Serving(Access access) -> staged("serving", access);
          case ProductState.Complete(Access access) -> staged("complete", access);
        };
    try {
      DurableFile.writePrivate(file, (text + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + file, e);
    }
  }

  private static String staged(String stage, Access access) {
    return "{\"stage\":\"" + stage + "\"," + access.json().substring(1);
  }
}
