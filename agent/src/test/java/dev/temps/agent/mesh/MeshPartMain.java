package dev.temps.agent.mesh;

import dev.temps.agent.name.Here;
import dev.temps.agent.name.NamePlaces;
import dev.temps.agent.name.NamesPart;
import dev.temps.agent.probe.NamespaceProbe;
import dev.temps.agent.unit.SupervisedUnits;
import dev.temps.agent.unit.Tool;
import dev.temps.contract.agent.Applied;
import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.MeshSelf;
import dev.temps.contract.agent.Report;
import dev.temps.contract.agent.Usage;
import dev.temps.contract.json.Json;
import dev.temps.kit.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs the mesh part inside a machine, and names where there are some: reads its assignment from
 * {@code peers.json}, {@code walls.json} and {@code names.json} and writes what it sees to {@code
 * report.json}, all in the machine's folder.
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
    Path known = folder.resolve("names.json");
    var names =
        new NamesPart(
            new NamesPart.Senses(() -> here(folder), part::observed, Set::of),
            NamePlaces.standard(),
            units,
            time);
    put(folder.resolve("key"), WireGuardKey.loadOrCreate(key).publicKey());
    while (true) {
      Path apart = folder.resolve("walls.json");
      if (Files.exists(apart)) {
        part.walls().assign(Json.read(Assignment.Walls.class, Files.readString(apart)));
        part.walls().step();
      }
      Path assigned = folder.resolve("peers.json");
      if (Files.exists(assigned)) {
        part.assign(Json.read(Assignment.Peers.class, Files.readString(assigned)));
        part.step();
        if (Files.exists(known)) {
          names.assign(Json.read(Assignment.Names.class, Files.readString(known)));
          names.step();
        }
        put(folder.resolve("report.json"), Json.write(report(part, names, time)));
      }
      time.pause(PERIOD);
    }
  }

  private static @Nullable Here here(Path folder) {
    try {
      String peers = Files.readString(folder.resolve("peers.json"));
      MeshSelf self = Json.read(Assignment.Peers.class, peers).self();
      String number = self.address().substring(self.address().lastIndexOf('.') + 1);
      return new Here(self, "n-" + number, null);
    } catch (IOException e) {
      return null; // nobody has said yet
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

  private static Report report(MeshPart part, NamesPart names, Time time) {
    return new Report(
        "s",
        time.elapsed().toMillis(),
        1,
        new Applied(
            -1,
            part.appliedRevision(),
            -1,
            -1,
            part.walls().appliedRevision(),
            names.appliedRevision()),
        part.proven(),
        new Usage(0, 0, 0, 0, 0),
        time.millis(),
        null,
        part.observed(),
        Stream.of(part.conditions(), names.conditions()).flatMap(List::stream).toList(),
        null,
        null,
        null);
  }

  static void put(Path file, String text) throws Exception {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(fresh, text);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
