package dev.temps.cli.command;

import dev.temps.cli.Misuse;
import dev.temps.cli.input.Amounts;
import dev.temps.cli.input.Pairs;
import dev.temps.cli.input.Segment;
import dev.temps.contract.api.PlacementRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of a deploy about where it runs. */
final class PlacementOptions {
  private static final int ORDER = 20; // In the help: after how many, before variables.
  private static final int SKEW_MAX = 100;
  private static final String ANY = "any";
  private static final String NONE = "none";

  @Option(
      names = "--node",
      order = ORDER,
      paramLabel = "NODE",
      description = "Run on this machine only; any: on whichever again.")
  private @Nullable String node;

  @Option(
      names = "--require",
      order = ORDER,
      paramLabel = "KEY[=VALUE,…]",
      description = "Only on machines with this label, with one of the values; may be repeated.")
  private @Nullable List<String> require;

  @Option(
      names = "--avoid",
      order = ORDER,
      paramLabel = "KEY[=VALUE,…]",
      description = "Never on machines with this label; may be repeated.")
  private @Nullable List<String> avoid;

  @Option(
      names = "--prefer",
      order = ORDER,
      paramLabel = "KEY[=VALUE,…]",
      description = "Better on machines with this label; none: no matter where. May be repeated.")
  private @Nullable List<String> prefer;

  @Option(
      names = "--tolerate",
      order = ORDER,
      paramLabel = "KEY[=VALUE]",
      description = "Also on machines with this taint; none: on none. May be repeated.")
  private @Nullable List<String> tolerate;

  @Option(
      names = "--near",
      order = ORDER,
      paramLabel = "APP",
      description = "Only on machines that run APP; none: anywhere. May be repeated.")
  private @Nullable List<String> near;

  @Option(
      names = "--apart",
      order = ORDER,
      paramLabel = "APP",
      description = "Never on a machine that runs APP; none: anywhere. May be repeated.")
  private @Nullable List<String> apart;

  @Option(
      names = "--spread",
      order = ORDER,
      paramLabel = "node|zone|region",
      description = "Wait rather than be uneven over these; none: as even as it goes.")
  private @Nullable String spread;

  @Option(
      names = "--max-skew",
      order = ORDER,
      paramLabel = "N",
      description = "How uneven --spread may be; 1 without.")
  private @Nullable String maxSkew;

  @Option(
      names = "--global",
      order = ORDER,
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "One on every machine that fits, however many those are.")
  private @Nullable Boolean global;

  @Option(
      names = "--pack",
      order = ORDER,
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false|default",
      description =
          "Fill machines one after the other instead of taking the emptiest; default: as the"
              + " cluster has it.")
  private @Nullable String pack;

  /** The one machine; empty for any, null when nothing was said. */
  @Nullable String node() {
    String said = node;
    return said == null ? null : said.equals(ANY) ? "" : Segment.of("node", said);
  }

  @Nullable Map<String, String> require() {
    return require == null ? null : Pairs.rules(require);
  }

  @Nullable Map<String, String> avoid() {
    return avoid == null ? null : Pairs.rules(avoid);
  }

  /** The other wishes; null when nothing was said of them. */
  @Nullable PlacementRequest request() {
    if (Stream.of(prefer, tolerate, near, apart, spread, maxSkew, global, pack)
        .allMatch(Objects::isNull)) {
      return null;
    }
    return new PlacementRequest(
        list("--tolerate", tolerate),
        list("--near", near),
        list("--apart", apart),
        list("--prefer", prefer),
        spread == null ? null : spread.equals(NONE) ? "" : spread,
        maxSkew == null ? null : Amounts.whole("max-skew", maxSkew, 1, SKEW_MAX),
        global,
        pack == null ? null : strategy(pack));
  }

  private static String strategy(String pack) {
    return switch (pack) {
      case "true" -> "pack";
      case "false" -> "spread";
      case "default" -> "";
      default ->
          throw Misuse.of("--pack " + pack + " says nothing.", "Use true, false or default.");
    };
  }

  private static @Nullable List<String> list(String option, @Nullable List<String> said) {
    if (said == null || !said.contains(NONE)) {
      return said;
    }
    if (said.size() > 1) {
      throw Misuse.of(
          option + " " + NONE + " takes back all others.", "Give it alone, or leave it out.");
    }
    return List.of();
  }
}
