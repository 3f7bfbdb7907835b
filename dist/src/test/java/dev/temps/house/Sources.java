package dev.temps.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The project's Java files as text. */
final class Sources {
  private static final Pattern IMPORT =
      Pattern.compile("^import (?:static )?(dev\\.temps\\.[a-z0-9_.]+)", Pattern.MULTILINE);
  private static final Pattern PACKAGE =
      Pattern.compile("^package (dev\\.temps[a-z0-9_.]*);", Pattern.MULTILINE);

  /** One file; {@code main} is false for tests. */
  record Source(Path path, String module, boolean main, String text) {
    String packageName() {
      Matcher found = PACKAGE.matcher(text);
      return found.find() ? found.group(1) : "";
    }

    List<String> imports() {
      return IMPORT.matcher(text).results().map(m -> trimDot(m.group(1))).distinct().toList();
    }

    String folder() {
      return String.valueOf(path.getParent());
    }

    List<String> lines() {
      return text.lines().toList();
    }

    private static String trimDot(String name) {
      return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
  }

  private Sources() {}

  static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(at.resolve(".mvn"))) {
      at = Objects.requireNonNull(at.getParent(), "no .mvn folder above");
    }
    return at;
  }

  static List<Source> all() {
    Path root = root();
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(p -> p.toString().endsWith(".java"))
          .map(root::relativize)
          .filter(p -> p.getNameCount() > 3 && p.getName(1).toString().equals("src"))
          .map(p -> read(root, p))
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static List<Source> main() {
    return all().stream().filter(Source::main).toList();
  }

  private static Source read(Path root, Path file) {
    try {
      return new Source(
          file,
          file.getName(0).toString(),
          file.getName(2).toString().equals("main"),
          Files.readString(root.resolve(file)));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
