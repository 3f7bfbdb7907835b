package dev.temps.agent.ingress;

import dev.temps.agent.unit.UnitSignal;
import dev.temps.agent.unit.testing.FakeUnits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An HAProxy in memory: loads its configuration from disk when its unit starts and on USR2, keeps
 * servers, and understands the commands of {@link RuntimePlanner}.
 */
final class FakeHaproxy implements Haproxy {
  private static final Pattern SERVER =
      Pattern.compile(" +server (\\S+) ([0-9.]+):(\\d+) weight (\\d+) tcp-ut 3s( disabled)? # .*");
  private static final Pattern COMMAND = Pattern.compile("set server (\\S+) (\\w+) (.*)");

  final List<String> commands = new ArrayList<>();
  int loads;
  @Nullable String refusal;
  boolean deaf;
  private final Path config;
  private final FakeUnits units;
  private final Map<String, LiveServer> servers = new LinkedHashMap<>();
  private String fingerprint = "";
  private int signalsSeen = -1;

  FakeHaproxy(Path config, FakeUnits units) {
    this.config = config;
    this.units = units;
  }

  @Override
  public @Nullable String check(Path candidate) {
    return Files.exists(candidate) ? refusal : "no such file";
  }

  @Override
  public Optional<Live> live() {
    if (!units.status("temps-haproxy").running()) {
      signalsSeen = -1;
      return Optional.empty();
    }
    int signals =
        (int) units.signals("temps-haproxy").stream().filter(UnitSignal.USR2::equals).count();
    if (signals != signalsSeen) {
      signalsSeen = signals;
      load();
    }
    return Optional.of(new Live(fingerprint, List.copyOf(servers.values())));
  }

  private void load() {
    loads++;
    servers.clear();
    String backend = "";
    try {
      for (String line : Files.readAllLines(config)) {
        Matcher server = SERVER.matcher(line);
        if (line.startsWith("    description ")) {
          fingerprint = line.strip().split(" ")[1];
        } else if (line.startsWith("backend ")) {
          backend = line.split(" ")[1];
        } else if (server.matches()) {
          put(
              new LiveServer(
                  backend,
                  server.group(1),
                  server.group(2),
                  Integer.parseInt(server.group(3)),
                  Integer.parseInt(server.group(4)),
                  true,
                  0,
                  server.group(5) != null,
                  false,
                  0,
                  "row of " + backend + "/" + server.group(1)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void command(List<String> given) {
    for (String command : given) {
      commands.add(command);
      Matcher matcher = COMMAND.matcher(command);
      if (!deaf && matcher.matches() && servers.containsKey(matcher.group(1))) {
        LiveServer before = Objects.requireNonNull(servers.get(matcher.group(1)));
        put(changed(before, matcher.group(2), matcher.group(3)));
      }
    }
  }

  private static LiveServer changed(LiveServer s, String what, String value) {
    return switch (what) {
      case "addr" -> {
        String[] words = value.split(" ");
        yield copy(
            s,
            words[0],
            Integer.parseInt(words[2]),
            s.weight(),
            s.up(),
            s.maintenance(),
            s.draining(),
            s.connections());
      }
      case "weight" ->
          copy(
              s,
              s.address(),
              s.port(),
              Integer.parseInt(value),
              s.up(),
              s.maintenance(),
              s.draining(),
              s.connections());
      case "health" ->
          copy(
              s,
              s.address(),
              s.port(),
              s.weight(),
              value.equals("up"),
              s.maintenance(),
              s.draining(),
              s.connections());
      case "state" ->
          copy(
              s,
              s.address(),
              s.port(),
              s.weight(),
              s.up(),
              value.equals("maint"),
              value.equals("drain"),
              s.connections());
      default -> s;
    };
  }

  /** Users hold that many connections to the server now. */
  void connections(String name, int count) {
    LiveServer s = Objects.requireNonNull(servers.get(name));
    put(copy(s, s.address(), s.port(), s.weight(), s.up(), s.maintenance(), s.draining(), count));
  }

  /** Checks find the server down from now on. */
  void fails(String name) {
    LiveServer s = Objects.requireNonNull(servers.get(name));
    put(
        copy(
            s,
            s.address(),
            s.port(),
            s.weight(),
            false,
            s.maintenance(),
            s.draining(),
            s.connections()));
  }

  /** Slots that have this address. */
  List<String> slots(String address) {
    return servers.entrySet().stream()
        .filter(e -> e.getValue().address().equals(address) && !e.getValue().maintenance())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static LiveServer copy(
      LiveServer s,
      String address,
      int port,
      int weight,
      boolean up,
      boolean maintenance,
      boolean draining,
      int connections) {
    return new LiveServer(
        s.backend(),
        s.name(),
        address,
        port,
        weight,
        up,
        s.changedSeconds(),
        maintenance,
        draining,
        connections,
        s.row());
  }

  private void put(LiveServer server) {
    servers.put(server.backend() + "/" + server.name(), server);
  }

  /** Addresses that take new requests of an app, in the order of slots. */
  List<String> serving(String app) {
    return servers.values().stream()
        .filter(s -> s.backend().equals("app_" + app) && !s.maintenance() && !s.draining())
        .map(s -> s.address() + ":" + s.port())
        .toList();
  }
}
