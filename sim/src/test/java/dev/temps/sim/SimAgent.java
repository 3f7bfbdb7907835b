package dev.temps.sim;

import dev.temps.agent.Homecoming;
import dev.temps.agent.journal.Journal;
import dev.temps.agent.name.NamePlaces;
import dev.temps.agent.name.Resolvers;
import dev.temps.agent.runtime.EngineException;
import dev.temps.agent.volume.VolumeShelf;
import dev.temps.agent.workload.NodeLease;
import dev.temps.agent.workload.WorkloadPart;
import dev.temps.contract.agent.Applied;
import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.Condition;
import dev.temps.contract.agent.WorkloadSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One process of an agent. Journal, containers, volumes, lease and homecoming are the agent's own
 * classes; mesh, names, walls and ingress are made true by waiting a little.
 */
final class SimAgent {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
  private static final long HEALTH_EVERY = 1_000;
  private static final long APPLIED_AFTER = 200;

  final Life life;
  final SimNode node;
  final Journal journal;
  final WorkloadPart part;
  final SimSession session;
  private final SimWorld world;
  private final NodeLease lease;
  private final Path uptime;
  private final Runnable step;
  private final Witness witness;
  private boolean inline;
  private boolean assigned;
  private boolean released;
  private long peers = -1;
  private long routes = -1;
  private long walls = -1;
  private long names = -1;
  private long certificates = -1;

  /** Starts on what the journal has; {@code booted}: as the first after the machine's start. */
  SimAgent(SimWorld world, SimNode node, boolean booted) {
    this.world = world;
    this.node = node;
    this.life = new Life(world.time);
    this.uptime = node.folder.resolve("uptime");
    Path run = node.folder.resolve("lease");
    try {
      Files.createDirectories(node.folder);
      if (booted) {
        Files.deleteIfExists(run);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    noteUptime();
    this.journal = Journal.open(node.folder.resolve("assignment.json"), node.clock);
    this.lease = NodeLease.open(run, uptime, node.clock);
    this.session = new SimSession(world, this);
    Homecoming homecoming = new Homecoming(booted, session::answered, node.clock);
    this.part =
        new WorkloadPart(
            node.runtime,
            (_, _, _, _) -> Optional.empty(),
            node.clock,
            world.random,
            this::work,
            homecoming::waiting,
            new VolumeShelf(node.folder.resolve("volumes"), SimStore.CLUSTER, node.clock),
            lease,
            new Resolvers(new NamePlaces(node.folder.resolve("names")), () -> null));
    this.step = life.bell(20, this::step);
    this.witness = new Witness(world, this);
    part.onDue(step);
    part.onHealthDue(life.bell(10, part::checkHealth));
    part.onChange(session::changed);
    life.every(LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), this::step);
    life.every(HEALTH_EVERY, HEALTH_EVERY, part::checkHealth);
    life.every(
        100,
        100,
        () -> {
          if (homecoming.waiting().isEmpty() && !released) {
            released = true;
            part.wake();
          }
        });
    if (world.bug == Bug.ENDLESS_LEASE) {
      life.every(HEALTH_EVERY, HEALTH_EVERY, () -> renewLease(node.clock.elapsed()));
    }
    Assignment all = journal.toMakeTrue();
    if (all != null) {
      makeTrue(all);
    }
  }

  private void work(Runnable task) {
    if (inline) {
      task.run();
    } else {
      life.in(
          1 + world.random.nextInt(node.dockerSlow),
          () -> {
            task.run();
            node.touch();
          });
    }
  }

  private void step() {
    if (!assigned) {
      return;
    }
    inline = part.appliedRevision() < 0; // it waits for first answers, which nobody else would give
    try {
      part.step();
    } catch (EngineException e) {
      world.note(node.name + ": " + e.words()); // it is the part's condition, as in the real one
    } finally {
      inline = false;
      node.touch();
    }
    part.nextDue().ifPresent(at -> life.in(at.minus(node.clock.elapsed()).toMillis() + 5, step));
  }

  /** The containers may be others than it thinks. */
  void happened(String container, String what) {
    part.happened(new dev.temps.agent.runtime.ContainerEvent(container, what));
  }

  /** Takes what is new, first into the journal. */
  void accept(Assignment news) {
    makeTrue(journal.accept(news));
  }

  private void makeTrue(Assignment news) {
    Assignment.Workloads workloads = news.workloads();
    if (workloads != null) {
      assigned = true;
      part.assign(world.bug == Bug.LAZY_AGENT ? lazy(workloads) : workloads);
      step.run();
    }
    if (news.peers() != null) {
      long revision = news.peers().revision();
      life.in(world.random.nextInt((int) APPLIED_AFTER), () -> peers = revision);
    }
    if (news.routes() != null) {
      long revision = news.routes().revision();
      life.in(
          world.random.nextInt((int) APPLIED_AFTER),
          () -> {
            routes = revision;
            session.changed();
          });
    }
    walls = news.walls() == null ? walls : news.walls().revision();
    names = news.names() == null ? names : news.names().revision();
    certificates = news.certificates() == null ? certificates : news.certificates().revision();
  }

  private static Assignment.Workloads lazy(Assignment.Workloads told) {
    return new Assignment.Workloads(told.revision(), told.hash(), List.of(), told.removed());
  }

  Applied applied() {
    return new Applied(part.appliedRevision(), peers, routes, certificates, walls, names);
  }

  List<Condition> conditions() {
    List<Condition> all = new ArrayList<>(part.conditions());
    all.add(journal.condition());
    all.add(journal.unclaimedCondition());
    return all;
  }

  Witness witness() {
    return witness;
  }

  boolean proven() {
    return peers >= 0;
  }

  /** A report that was sent then was accepted, and all that is wanted is known here. */
  void renewLease(Duration sentAt) {
    if (told().stream().anyMatch(WorkloadSpec::leased)) {
      noteUptime(); // read only where a lease is kept on disk
    }
    lease.renew(sentAt);
  }

  private void noteUptime() {
    Duration up = node.clock.elapsed();
    try {
      Files.writeString(uptime, up.toMillis() / 1_000.0 + " 0");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it was told last, or nothing. */
  List<WorkloadSpec> told() {
    Assignment known = journal.current();
    return known == null || known.workloads() == null ? List.of() : known.workloads().items();
  }

  /** The peers it knows, by their keys. */
  List<String> peerKeys() {
    Assignment known = journal.current();
    return known == null || known.peers() == null
        ? List.of()
        : known.peers().items().stream().map(p -> p.publicKey()).toList();
  }

  @Nullable Assignment known() {
    return journal.current();
  }
}
