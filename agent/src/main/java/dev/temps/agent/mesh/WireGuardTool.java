package dev.temps.agent.mesh;

import dev.temps.agent.unit.Tool;
import dev.temps.agent.unit.UnitSpec;
import dev.temps.agent.unit.Units;
import dev.temps.contract.agent.MeshKeys;
import dev.temps.contract.agent.MeshSelf;
import dev.temps.kit.Command;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * WireGuard through {@code ip} and {@code wg}: the kernel's where there is one, else the program
 * {@code wireguard-go} as a unit that outlives the agent.
 */
public final class WireGuardTool implements WireGuard {
  private static final Duration DEVICE_LIMIT = Duration.ofSeconds(5);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final String DEVICE = MeshNames.DEVICE;
  private static final String LAST_METRIC = "4294967295"; // after every other route

  private final KeyRing ring;
  private final Units units;
  private final Time time;

  /**
   * A device with the key in {@code keyFile}, which {@code wg} reads by itself.
   *
   * @throws IOException when the file can't be read or written
   */
  public WireGuardTool(Path keyFile, Units units, Time time) throws IOException {
    this.ring = new KeyRing(keyFile);
    this.units = units;
    this.time = time;
  }

  @Override
  public void ensure(MeshSelf self) {
    // First of all: while there is no device, packets for the pool must not find another way out.
    Tool.must("ip", "route", "replace", "blackhole", self.pool(), "metric", LAST_METRIC);
    boolean userspace = units.status(MeshNames.UNIT).running();
    if (userspace || !exists()) {
      create(userspace);
    }
    WireGuardDump dump = dump();
    if (dump.port() != self.port()) { // apart from the key: wireguard-go opens its port anew
      Tool.must("wg", "set", DEVICE, "listen-port", Integer.toString(self.port()));
    }
    if (!dump.publicKey().equals(ring.current().publicKey())) {
      Tool.must("wg", "set", DEVICE, "private-key", ring.file().toString());
    }
    Tool.feed(
        """
        link set dev %1$s mtu %2$d up
        address replace %3$s/32 dev %1$s
        route replace %4$s dev %1$s src %3$s
        """
            .formatted(DEVICE, self.mtu(), self.address(), self.pool()),
        "ip",
        "-batch",
        "-");
  }

  private void create(boolean userspace) {
    if (!userspace && Tool.succeeds("ip", "link", "add", "dev", DEVICE, "type", "wireguard")) {
      return;
    }
    if (!Files.exists(Path.of("/dev/net/tun"))) {
      throw Problem.of(
              "no-wireguard",
              500,
              "WireGuard can't run on this machine.",
              "The kernel has none, and wireguard-go needs /dev/net/tun, which is missing.",
              "Load the kernel module wireguard or tun, or ask the provider to allow tun devices.")
          .raise();
    }
    units.ensure(
        new UnitSpec(
            MeshNames.UNIT,
            List.of("wireguard-go", "-f", DEVICE),
            Map.of("LOG_LEVEL", "error"),
            UnitSpec.Restart.always,
            Path.of("/")));
    Duration end = time.elapsed().plus(DEVICE_LIMIT);
    while (!Tool.succeeds("wg", "show", DEVICE, "listen-port")) {
      if (time.elapsed().compareTo(end) > 0) {
        throw Problem.of(
                "no-wireguard",
                500,
                "wireguard-go does not come up.",
                "It was started as unit " + MeshNames.UNIT + " but " + DEVICE + " is not there.",
                "See the unit's log.")
            .raise();
      }
      pause();
    }
  }

  private static boolean exists() {
    return Tool.succeeds("ip", "link", "show", "dev", DEVICE);
  }

  private void pause() {
    try {
      time.pause(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted while WireGuard starts", e));
    }
  }

  @Override
  public List<DevicePeer> peers() {
    WireGuardDump dump = dump();
    if (!dump.publicKey().equals(ring.current().publicKey())) {
      throw Problem.of(
              "wireguard-restarted", 500, "WireGuard has started again.", "It lost its key.", "")
          .raise();
    }
    return dump.peers();
  }

  @Override
  public MeshKeys keys() {
    WireGuardKey next = ring.next();
    return new MeshKeys(ring.current().publicKey(), next == null ? null : next.publicKey());
  }

  @Override
  public void prepareKey() {
    try {
      ring.prepare();
    } catch (IOException e) {
      throw unwritten(e);
    }
  }

  @Override
  public void turnKey(MeshSelf self) {
    try {
      ring.turn();
    } catch (IOException e) {
      throw unwritten(e);
    }
    ensure(self);
  }

  private ProblemException unwritten(IOException e) {
    Problem problem =
        Problem.of(
            "wireguard-key",
            500,
            "The new WireGuard key can't be kept.",
            "Beside " + ring.file() + ": " + e.getMessage(),
            "The old key stays in use until the disk can be written.");
    return new ProblemException(problem, e);
  }

  /** Its output holds the private key: it is parsed here and shown nowhere. */
  private static WireGuardDump dump() {
    Command.Result result = Command.run(DEVICE_LIMIT, "wg", "show", DEVICE, "dump");
    if (!result.ok()) {
      throw Problem.of(
              "no-wireguard",
              500,
              "The interface " + DEVICE + " can't be read.",
              result.err().strip(),
              "")
          .raise();
    }
    return WireGuardDump.parse(result.out());
  }

  @Override
  public void apply(PeerChange change) {
    List<String> argv = new ArrayList<>(List.of("wg", "set", DEVICE, "peer", change.publicKey()));
    switch (change) {
      case PeerChange.Put put -> {
        if (put.endpoint() != null) {
          argv.addAll(List.of("endpoint", put.endpoint()));
        }
        argv.addAll(List.of("persistent-keepalive", Integer.toString(put.keepaliveSeconds())));
        argv.addAll(List.of("allowed-ips", String.join(",", put.allowedIps())));
      }
      case PeerChange.Redirect redirect -> argv.addAll(List.of("endpoint", redirect.endpoint()));
      case PeerChange.Drop _ -> argv.add("remove");
    }
    Tool.must(argv.toArray(String[]::new));
  }
}
