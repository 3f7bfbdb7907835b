package dev.temps.lab;

import dev.temps.kit.Name;
import dev.temps.kit.Problem;
import dev.temps.kit.Time;
import dev.temps.lab.host.Host;
import dev.temps.lab.host.Wan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Several machines on one host, a network between them, and a registry with sample images. Any
 * number of labs live side by side. Thread-safe as far as its {@link Machine}s are. A lab outlives
 * the program that made it: {@link #close} is what takes it down.
 */
public final class Lab implements AutoCloseable {
  private final LabContext context;
  private final List<Machine> machines;
  private final LabRegistry registry;

  private Lab(LabContext context) {
    this.context = context;
    this.machines =
        IntStream.rangeClosed(1, context.record.spec().nodes())
            .mapToObj(i -> new Machine(context, i))
            .toList();
    this.registry = new LabRegistry(context);
  }

  /**
   * Makes a lab and waits until all machines, their Docker engines and the registry answer. What
   * was made before a failure is taken down again.
   *
   * @throws dev.temps.kit.ProblemException when there is such a lab or the host can't do it
   */
  public static Lab create(LabSpec spec) {
    return create(spec, Time.system());
  }

  /** As above, with waits measured by the given clock. */
  public static Lab create(LabSpec spec, Time time) {
    Host host = new Host(time);
    try {
      LabContext context = new LabContext(LabIndexes.claim(spec), host);
      Lab lab = new Lab(context);
      try {
        lab.build();
        return lab;
      } catch (IOException | RuntimeException e) {
        try {
          lab.close();
        } catch (RuntimeException closing) {
          e.addSuppressed(closing);
        }
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not make the lab " + spec.name(), e);
    }
  }

  /** The lab of that name if it is there and complete. */
  public static Optional<Lab> find(Name name) {
    if (!Files.exists(new LabFiles(name).complete())) {
      return Optional.empty();
    }
    Host host = new Host(Time.system());
    return LabRecord.read(name).map(record -> new Lab(new LabContext(record, host)));
  }

  /** As above, refusing when there is none. */
  public static Lab open(Name name) {
    return find(name)
        .orElseThrow(() ->
            Problem.missing("lab", name.value(), "Make one: temps lab up --name " + name + ".")
                .raise());
  }

  /** Names of all labs on this host, half-made ones too. */
  public static List<Name> names() {
    try {
      return LabIndexes.labs();
    } catch (IOException e) {
      throw new UncheckedIOException("could not list the labs", e);
    }
  }

  /** Takes down whatever there is of a lab of that name; nothing is fine too. */
  public static void remove(Name name) {
    new LabRemoval(new Host(Time.system()), name).run();
  }

  private void build() throws IOException {
    context.files.writeScripts();
    context.wan.create();
    for (Machine machine : machines) {
      new MachineDisk(context, machine.index()).create();
    }
    registry.create();
    each(Machine::boot);
    registry.awaitAnswers();
    each(Machine::awaitDocker);
    Files.createFile(context.files.complete());
  }

  /**
   * Gives back what a restart of the host takes from a lab: its network, its registry, and power to
   * all machines that have none. Changes nothing on a lab that is well.
   */
  public void restore() {
    if (!Files.exists(context.wan.namespace())) {
      context.wan.create();
    }
    if (!registry.answers()) {
      registry.stop();
      registry.start();
      registry.awaitAnswers();
    }
    each(Machine::powerOn);
  }

  /** Does something with all machines at once and waits; the first failure is thrown. */
  public void each(Consumer<Machine> action) {
    each(machines, action);
  }

  /** As above, with some of them. */
  public static void each(List<Machine> some, Consumer<Machine> action) {
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all =
          some.stream()
              .<Future<?>>map(machine -> pool.submit(() -> action.accept(machine)))
              .toList();
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** What the lab was made as. */
  public LabSpec spec() {
    return context.record.spec();
  }

  /** Address range of the wan. */
  public String range() {
    return context.wan.range();
  }

  /** All machines, in order. */
  public List<Machine> machines() {
    return machines;
  }

  /**
   * The machine of that name.
   *
   * @throws dev.temps.kit.ProblemException when the lab has none of that name
   */
  public Machine machine(String name) {
    return machines.stream()
        .filter(machine -> machine.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            Problem.missing("machine", name, "There are node-1 to node-" + machines.size() + ".")
                .raise());
  }

  /** The registry with the sample images. */
  public LabRegistry registry() {
    return registry;
  }

  /** The lab's directory, for files that are to vanish with it. */
  public Path directory() {
    return context.files.root();
  }

  /** The network between the machines. */
  public Wan wan() {
    return context.wan;
  }

  /** Takes the lab down: no process, interface, mount, cgroup or file of it is left. */
  @Override
  public void close() {
    new LabRemoval(context.host, spec().name()).run();
  }
}
