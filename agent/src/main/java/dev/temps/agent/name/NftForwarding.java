package dev.temps.agent.name;

import dev.temps.agent.mesh.MeshNames;
import dev.temps.agent.unit.Tool;
import dev.temps.kit.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Forwarding by nftables. One short program runs when everything stands. */
final class NftForwarding implements Forwarding {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Path DEVICES = Path.of("/proc/net/dev");
  private static final Pattern ONE_WAY = Pattern.compile("^\\d+: ([^:@ ]+).* hairpin off .*$");

  private Set<String> seen = Set.of();
  private @Nullable NameTable cut; // the table whose leftovers have ended

  @Override
  public void ensure(NameTable table) {
    seen = Set.of(); // the next look is a thorough one
    if (!Tool.succeeds("nft", "list", "chain", "ip", "temps_names", table.mark())) {
      Tool.feed(table.transaction(), "nft", "-f", "-");
    }
  }

  @Override
  public void cut(NameTable table) {
    NameTable before = cut;
    if (before == null || table.cutsSomeOf(before)) {
      Cutting.cut(table::cuts);
    }
    cut = table;
  }

  @Override
  public Map<Integer, String> holders(Set<Integer> udpPorts) {
    return new UdpHolders(Path.of("/proc")).of(udpPorts);
  }

  /** A bridge sends nothing back to where it came from unless that port is told otherwise. */
  @Override
  public void letMeetThemselves() {
    Set<String> devices = devices();
    if (devices.equals(seen)) {
      return;
    }
    Command.Result ports =
        Command.run(LIMIT, "ip", "-d", "-o", "link", "show", "master", MeshNames.BRIDGE);
    if (ports.ok()) { // else there is no bridge yet
      for (String line : ports.out().lines().toList()) {
        Matcher oneWay = ONE_WAY.matcher(line);
        if (oneWay.matches()) {
          // One that has gone meanwhile needs nothing.
          var _ =
              Tool.succeeds(
                  "ip",
                  "link",
                  "set",
                  "dev",
                  oneWay.group(1),
                  "type",
                  "bridge_slave",
                  "hairpin",
                  "on");
        }
      }
    }
    seen = devices;
  }

  private static Set<String> devices() {
    try {
      return Files.readAllLines(DEVICES).stream()
          .filter(line -> line.indexOf(':') > 0)
          .map(line -> line.substring(0, line.indexOf(':')).strip())
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(DEVICES + " can't be read", e);
    }
  }
}
