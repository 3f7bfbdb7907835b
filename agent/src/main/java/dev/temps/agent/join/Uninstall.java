package dev.temps.agent.join;

import dev.temps.agent.identity.AgentFolder;
import dev.temps.agent.identity.NodeIdentity;
import dev.temps.agent.mesh.MeshNames;
import dev.temps.agent.mesh.NftWalls;
import dev.temps.agent.runtime.ContainerRuntime;
import dev.temps.agent.runtime.EngineException;
import dev.temps.agent.runtime.Labels;
import dev.temps.agent.unit.Units;
import dev.temps.agent.upgrade.Switcher;
import dev.temps.kit.Command;
import dev.temps.kit.Problem;
import dev.temps.kit.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Leaves a machine as it was before it became a node: no unit, container, network, rule or file of
 * ours; packages stay. Every step may be repeated, and what is gone already is no failure.
 */
public final class Uninstall {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final List<String> UNITS =
      List.of(
          Switcher.UNIT,
          Join.UNIT,
          "temps-haproxy",
          "temps-dnsmasq",
          MeshNames.UNIT,
          "temps-control");
  private static final String CONTROL = "var/lib/temps/control";
  // What the kernel says of a folder on which a disk is mounted: empty it stays.
  private static final String BUSY = "Device or resource busy";
  private static final List<String> FOLDERS =
      List.of("var/lib/temps", "run/temps", "var/log/temps", "etc/temps");
  private static final String VOLUMES = "var/lib/temps/volumes";
  private static final String CHAIN = "DOCKER-USER";

  private final Path root;
  private final AgentFolder folder;
  private final Units units;
  private final ContainerRuntime runtime;
  private final Programs programs;
  private final Time time;

  /** Runs a program; its failure means that what it would remove is not there. */
  @FunctionalInterface
  interface Programs {
    /** Runs it by argument list. */
    void run(String... argv);
  }

  Uninstall(
      Path root,
      AgentFolder folder,
      Units units,
      ContainerRuntime runtime,
      Programs programs,
      Time time) {
    this.root = root;
    this.folder = folder;
    this.units = units;
    this.runtime = runtime;
    this.programs = programs;
    this.time = time;
  }

  /** Works on the machine this program runs on. */
  public static Uninstall ofThisMachine(ContainerRuntime runtime, Time time) {
    return new Uninstall(
        Path.of("/"),
        AgentFolder.standard(),
        Units.ofThisMachine(time),
        runtime,
        argv -> {
          var _ = Command.run(LIMIT, argv);
        },
        time);
  }

  /**
   * Removes everything.
   *
   * @param force also while the cluster still counts on this node
   * @param controlPlane also the data of a control plane on this machine
   * @throws dev.temps.kit.ProblemException 409 when the node was not removed from its cluster, or a
   *     control plane's data is here, and that was not asked for; nothing was touched then
   */
  public void run(boolean force, boolean controlPlane, Console console) {
    insist(force, controlPlane);
    UNITS.forEach(units::stop);
    console.progress("stopped the units " + String.join(", ", UNITS));
    containers(console);
    volumes().forEach(id -> programs.run("docker", "volume", "rm", "-f", "temps-" + id));
    programs.run("docker", "network", "rm", "temps");
    programs.run("ip", "link", "delete", MeshNames.DEVICE);
    programs.run("nft", "delete", "table", "inet", "temps");
    programs.run("nft", "delete", "table", "ip", "temps_names");
    for (List<String> way : ways()) {
      letPassNoMore("-i", way.get(0), "-o", way.get(1), "-j", "ACCEPT");
    }
    letPassNoMore(NftWalls.LED_DATAGRAMS.toArray(String[]::new));
    console.progress("removed the network, its encryption and its walls");
    for (String name : UNITS) {
      delete(root.resolve("etc/systemd/system/" + name + ".service"));
    }
    FOLDERS.forEach(f -> delete(root.resolve(f)));
    console.progress("removed files and keys");
  }

  private void letPassNoMore(String... rule) {
    Stream<String> start = Stream.of("iptables", "-w", "5", "-D", CHAIN);
    programs.run(Stream.concat(start, Stream.of(rule)).toArray(String[]::new));
  }

  private static List<List<String>> ways() {
    return List.of(
        List.of(MeshNames.DEVICE, MeshNames.BRIDGE),
        List.of(MeshNames.BRIDGE, MeshNames.DEVICE),
        List.of(MeshNames.BRIDGE, MeshNames.BRIDGE));
  }

  private void insist(boolean force, boolean controlPlane) {
    if (Files.exists(root.resolve(CONTROL)) && !controlPlane) {
      throw Problem.conflict(
              "control-plane-here",
              "The data of a control plane is on this machine.",
              "All of the cluster is in /" + CONTROL + ".",
              "Make a backup first (temps backup create); then add --control-plane.")
          .raise();
    }
    if (force) {
      return;
    }
    List<String> volumes = volumes();
    if (!volumes.isEmpty()) {
      throw Problem.conflict(
              "data-here",
              "Data of apps is on this machine.",
              "In /" + VOLUMES + " are the volumes " + String.join(", ", volumes) + ".",
              "Copy what is still needed, then add --force.")
          .raise();
    }
    if (!NodeIdentity.exists(folder)) {
      return;
    }
    NodeIdentity identity = NodeIdentity.load(folder, time);
    if (!new Membership(folder, time).removed(identity)) {
      String name = identity.node().name();
      throw Problem.conflict(
              "still-a-node",
              "The cluster still counts on this node.",
              "It is " + name + " of cluster " + identity.node().cluster() + ".",
              "Do first, where you are logged in: temps node drain "
                  + name
                  + " and temps node remove "
                  + name
                  + "; or add --force.")
          .raise();
    }
  }

  /** Ids of the volumes whose data is in its place; what was given up before doesn't count. */
  private List<String> volumes() {
    List<String> ids = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(root.resolve(VOLUMES), "v-*")) {
      folders.forEach(folder -> ids.add(String.valueOf(folder.getFileName())));
    } catch (NoSuchFileException e) {
      return ids; // no app ever kept anything here
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Collections.sort(ids);
    return ids;
  }

  private void containers(Console console) {
    try {
      var all = new ArrayList<>(runtime.containers(Labels.WORKLOAD));
      all.addAll(runtime.containers(Labels.ONCE));
      all.forEach(row -> runtime.remove(row.name()));
      console.progress("removed " + all.size() + " containers");
    } catch (EngineException e) {
      console.progress("containers were left: " + e.words());
    }
  }

  private static void delete(Path tree) {
    try {
      Files.walkFileTree(
          tree,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                Path directory, @org.jspecify.annotations.Nullable IOException e)
                throws IOException {
              try {
                Files.deleteIfExists(directory);
              } catch (FileSystemException busy) {
                if (!BUSY.equals(busy.getReason())) {
                  throw busy;
                }
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (NoSuchFileException e) {
      return; // It was gone already.
    } catch (IOException e) {
      throw new UncheckedIOException(tree + " can't be removed", e);
    }
  }
}
