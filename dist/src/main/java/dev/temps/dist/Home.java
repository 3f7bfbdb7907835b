package dev.temps.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where this program is installed. Stateless. */
final class Home {
  private static final Path USUAL = Path.of("/opt/temps");

  private Home() {}

  /** The unpacked release this process runs from. */
  static Path folder() {
    return Path.of(System.getProperty("temps.home", USUAL.toString()));
  }

  /**
   * The same by the name that stays when another release takes its place: what units call. Where
   * this process runs from a folder nothing points to, that folder.
   */
  static Path lasting() {
    try {
      return Files.isSymbolicLink(USUAL) && USUAL.toRealPath().equals(folder()) ? USUAL : folder();
    } catch (IOException e) {
      return folder(); // A link to nowhere is not what we run from.
    }
  }

  /** The release archive that came along, if one did. */
  static Path archive() {
    return folder().resolve("share/release/temps-linux-x64.tar.gz");
  }

  /** A command line that runs this program again, for units. */
  static List<String> command(String... arguments) {
    List<String> argv = new ArrayList<>();
    argv.add(lasting().resolve("bin/temps").toString());
    argv.addAll(List.of(arguments));
    return List.copyOf(argv);
  }
}
