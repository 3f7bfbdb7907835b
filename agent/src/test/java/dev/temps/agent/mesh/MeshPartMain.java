package dev.temps.agent.mesh;

import dev.temps.agent.probe.NamespaceProbe;
import dev.temps.agent.unit.SupervisedUnits;
import dev.temps.agent.unit.Tool;
import dev.temps.contract.agent.Applied;
import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.Report;
import dev.temps.contract.agent.Usage;
import dev.temps.contract.json.Json;
import dev.temps.kit.Time;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/**
 * Runs the mesh part alone inside a machine: reads its assignment from {@code peers.json} and
 * writes what it sees to {@code report.json}, both in the machine's folder.
 */
final class MeshPartMain {
  private static final Duration PERIOD = Duration.ofMillis(250);

  private MeshPartMain() {}

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    Path script = Path.of(args[1]);
    Time time = Time.system();
    var standard = SupervisedUnits.Places.standard();
    var places =
        new SupervisedUnits.Places(script, standard.units(), standard.run(), standard.logs());
    var units = new SupervisedUnits(places, time);
    Path key = Path.of("/var/lib/temps/agent/wireguard.key");
    var part =
        new MeshPart(
            new WireGuardTool(key, units, time),
            MeshPartMain::bridge,
            new NftWalls(),
            new NamespaceProbe(MeshNames.BRIDGE),
            time);
    put(folder.resolve("key"), WireGuardKey.loadOrCreate(key).publicKey());
    while (true) {
      Path assigned = folder.resolve("peers.json");
      if (Files.exists(assigned)) {
        part.assign(Json.read(Assignment.Peers.class, Files.readString(assigned)));
        part.step();
        put(folder.resolve("report.json"), Json.write(report(part, time)));
      }
      time.pause(PERIOD);
    }
  }

  /** What Docker makes on a real node. */
  private static void bridge(String subnet, String gateway, int mtu) {
    if (!Tool.succeeds("ip", "link", "show", MeshNames.BRIDGE)) {
      Tool.must("ip", "link", "add", MeshNames.BRIDGE, "mtu", "" + mtu, "type", "bridge");
      Tool.must("ip", "address", "add", gateway + "/24", "dev", MeshNames.BRIDGE);
      Tool.must("ip", "link", "set", MeshNames.BRIDGE, "up");
    }
  }

  private static Report report(MeshPart part, Time time) {
    return new Report(
        "s",
        time.elapsed().toMillis(),
        1,
        new Applied(-1, part.appliedRevision(), -1, -1),
        part.proven(),
        new Usage(0, 0, 0, 0, 0),
        time.millis(),
        null,
        part.observed(),
        part.conditions(),
        null,
        null);
  }

  static void put(Path file, String text) throws Exception {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(fresh, text);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
