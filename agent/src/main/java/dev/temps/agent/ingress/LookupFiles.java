package dev.temps.agent.ingress;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The files rules look into, gathered while the rules are written. A file's name changes with what
 * is in it, so another content is another configuration. Not thread-safe.
 */
final class LookupFiles {
  private final Path folder;
  private final Map<Path, String> files = new LinkedHashMap<>();

  LookupFiles(Path folder) {
    this.folder = folder;
  }

  /** Adds a map with one line for each item. */
  <T> Path map(String name, Collection<T> items, Function<T, String> line) {
    return map(name, items.stream().map(line));
  }

  /** Adds a map of these lines. */
  Path map(String name, Stream<String> lines) {
    return add(name, ".map", lines);
  }

  /** Adds a list of these lines. */
  Path list(String name, Stream<String> lines) {
    return add(name, ".lst", lines);
  }

  private Path add(String name, String end, Stream<String> lines) {
    String content = lines.sorted().map(line -> line + "\n").collect(Collectors.joining());
    Path file = folder.resolve(name + "-" + crc(content) + end);
    files.put(file, content);
    return file;
  }

  /** Where pages and files are. */
  Path folder() {
    return folder;
  }

  /** All of them, content by place. */
  Map<Path, String> all() {
    return Map.copyOf(files);
  }

  /** A short name for a text. */
  static String crc(String text) {
    CRC32 sum = new CRC32();
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", sum.getValue());
  }
}
