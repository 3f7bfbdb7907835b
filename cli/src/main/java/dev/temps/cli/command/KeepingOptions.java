package dev.temps.cli.command;

import dev.temps.cli.Misuse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of a deploy about what there is one of at a time: data, and the app itself. */
final class KeepingOptions {
  private static final int AFTER = 75; // In the help: after the rollout, before the waiting.

  @Option(
      names = "--volume",
      order = AFTER,
      paramLabel = "NAME:PATH",
      description = "Keep what is written at PATH, on one machine; may be repeated.")
  private @Nullable List<String> volumes;

  @Option(
      names = "--no-volumes",
      order = AFTER,
      description = "From now on without volumes; their data stays until it is removed.")
  private boolean noVolumes;

  @Option(
      names = "--exclusive",
      order = AFTER,
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Never two replicas at once, also while machines are cut off.")
  private @Nullable Boolean exclusive;

  /** What was said of the app itself; null when nothing was. */
  @Nullable Boolean exclusive() {
    return exclusive;
  }

  /** Paths by name of the volume; empty for none from now on, null when nothing was said. */
  @Nullable Map<String, String> volumes() {
    List<String> said = volumes;
    if (noVolumes && said != null) {
      throw Misuse.of("--volume and --no-volumes exclude each other.", "Give one of them.");
    }
    if (said == null) {
      return noVolumes ? Map.of() : null;
    }
    Map<String, String> paths = new LinkedHashMap<>();
    for (String text : said) {
      String[] parts = text.split(":", -1);
      if (parts.length != 2) {
        throw Misuse.of("--volume needs NAME:PATH.", "E.g. --volume data:/var/lib/data.");
      }
      if (paths.put(parts[0], parts[1]) != null) {
        throw Misuse.of("The volume " + parts[0] + " is given twice.", "Give each once.");
      }
    }
    return paths;
  }
}
