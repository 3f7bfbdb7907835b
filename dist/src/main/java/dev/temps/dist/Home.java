package dev.temps.dist;

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

  /** The release archive that came along, if one did. */
  static Path archive() {
    return folder().resolve("share/release/temps-linux-x64.tar.gz");
  }

  /** A command line that runs this program again, for units. */
  static List<String> command(String... arguments) {
    List<String> argv = new ArrayList<>();
    argv.add(folder().resolve("bin/temps").toString());
    argv.addAll(List.of(arguments));
    return List.copyOf(argv);
  }
}
