package dev.temps.bench.lifecycle;

import dev.temps.contract.api.ContainerView;
import dev.temps.contract.api.NodeView;
import dev.temps.contract.json.Json;
import dev.temps.kit.Time;
import dev.temps.lab.Lab;
import dev.temps.lab.LabRegistry;
import dev.temps.lab.LabSpec;
import dev.temps.lab.Machine;
import dev.temps.lab.product.Access;
import dev.temps.lab.product.Product;
import dev.temps.lab.product.Progress;
import dev.temps.lab.product.Release;
import dev.temps.lab.product.Setup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Three machines with Temps on them, both sample images on each and no app, where a part is
 * measured. Closing takes the lab down.
 */
final class Ground implements AutoCloseable {
  /** For whatever should take seconds. */
  static final Duration LIMIT = Duration.ofMinutes(3);

  private static final Duration SHORT = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final long MEMORY = 4L << 30;
  private static final String CLASSES = "/opt/temps-bench";

  private final Time time;
  private final Lab lab;
  private final Product product;
  private final Access access;

  private Ground(Time time, Lab lab, Access access) {
    this.time = time;
    this.lab = lab;
    this.product = new Product(lab);
    this.access = access;
  }

  /** A fresh one; what there was of an earlier run is taken down first. */
  static Ground fresh(Path release, Time time) {
    LabSpec spec = LabSpec.named("lifecycle").withMemory(MEMORY);
    Lab.remove(spec.name());
    Lab lab = Lab.create(spec, time);
    try {
      Access access = new Setup(lab, Progress.silent()).begin(new Release(release));
      Ground ground = new Ground(time, lab, access);
      ground.temps("remove", Product.APP, "--yes");
      lab.each(machine -> {
        copyClasses(machine);
        for (String image : List.of(LabRegistry.SAMPLE_1, LabRegistry.SAMPLE_2)) {
          machine.exec(List.of("docker", "pull", "-q", image), LIMIT).must("pull " + image);
        }
      });
      return ground;
    } catch (RuntimeException e) {
      lab.close();
      throw e;
    }
  }

  Time time() {
    return time;
  }

  Access access() {
    return access;
  }

  Product product() {
    return product;
  }

  Machine machine(String name) {
    return lab.machine(name);
  }

  List<Machine> machines() {
    return lab.machines();
  }

  /** All but the one. */
  List<Machine> others(Machine one) {
    return machines().stream().filter(m -> m.index() != one.index()).toList();
  }

  /** Start of a command line for a class of this package, inside a machine. */
  List<String> java() {
    return List.of(
        "/opt/temps/runtime/bin/java",
        "-Xmx128m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        CLASSES + ":/opt/temps/lib/*");
  }

  /** Machines don't see the host's files, so they get this package's classes. */
  private static void copyClasses(Machine machine) {
    String folder = OpenLoad.class.getPackageName().replace('.', '/');
    URL here = Objects.requireNonNull(OpenLoad.class.getResource("/" + folder));
    Path from = Path.of(URI.create(here.toString()));
    Path to = machine.path(CLASSES).resolve(folder);
    try (Stream<Path> files = Files.list(from)) {
      Files.createDirectories(to);
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not copy the load to " + machine.name(), e);
    }
  }

  /** The CLI on the first machine, which has to succeed; returns how long it took in seconds. */
  double temps(String... arguments) {
    Duration start = time.elapsed();
    product.temps(LIMIT, List.of(arguments)).must("temps " + String.join(" ", arguments));
    return seconds(time.elapsed().minus(start));
  }

  /** Deploys the sample app with a health check and waits for the end; seconds as above. */
  double deploy(String app, String image, int replicas, String... options) {
    List<String> line = new ArrayList<>(List.of("deploy", "--project", app, "--image", image));
    line.addAll(List.of("--replicas", "" + replicas, "--port", "8080", "--health", "/healthz"));
    line.addAll(List.of(options));
    return temps(line.toArray(String[]::new));
  }

  List<NodeView> nodes() {
    String out = product.temps(SHORT, List.of("node", "list", "--json")).must("node list");
    return Json.readList(NodeView.class, out);
  }

  List<ContainerView> containers(String app) {
    String out = product.temps(SHORT, List.of("ps", app, "--json")).must("ps");
    return Json.readList(ContainerView.class, out);
  }

  /** Whether an app has exactly so many replicas, all healthy. */
  boolean whole(String app, int replicas) {
    List<ContainerView> all = containers(app);
    return all.size() == replicas && all.stream().allMatch(c -> c.health().equals("healthy"));
  }

  /** A worker that has a replica of the app: never the control plane's machine. */
  Machine workerWith(String app) {
    return containers(app).stream()
        .map(ContainerView::node)
        .filter(node -> !node.equals(product.first().name()))
        .findFirst()
        .map(this::machine)
        .orElseThrow(() -> new IllegalStateException("no worker has a replica of " + app));
  }

  /** Gives a machine its power back and waits until all is quiet. */
  void revive(Machine machine) throws InterruptedException {
    machine.powerOn();
    await("all nodes ready", () -> nodes().stream().allMatch(n -> n.liveness().equals("ready")));
  }

  /** Waits until it is so, or fails with these words. */
  void await(String what, BooleanSupplier so) throws InterruptedException {
    Duration end = time.elapsed().plus(LIMIT);
    while (!so.getAsBoolean()) {
      if (time.elapsed().compareTo(end) > 0) {
        throw new IllegalStateException("after " + LIMIT.toSeconds() + " s still not: " + what);
      }
      time.pause(LOOK);
    }
  }

  static double seconds(Duration length) {
    return length.toMillis() / 1000.0;
  }

  @Override
  public void close() {
    lab.close();
  }
}
