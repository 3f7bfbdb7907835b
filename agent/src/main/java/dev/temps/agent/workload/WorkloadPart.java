package dev.temps.agent.workload;

import dev.temps.agent.name.Resolvers;
import dev.temps.agent.part.Part;
import dev.temps.agent.runtime.ContainerEvent;
import dev.temps.agent.runtime.ContainerInfo;
import dev.temps.agent.runtime.ContainerRuntime;
import dev.temps.agent.runtime.EngineException;
import dev.temps.agent.runtime.EngineException.Kind;
import dev.temps.agent.runtime.Labels;
import dev.temps.agent.volume.VolumeException;
import dev.temps.agent.volume.VolumeShelf;
import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.Condition;
import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.contract.agent.RemovedVolume;
import dev.temps.contract.agent.WorkloadSpec;
import dev.temps.kit.Time;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Containers of this node. {@link #step} looks at all of them and gives each that needs work to the
 * executor, where it is brought as far as it goes without holding up the others. Whoever runs steps
 * periodically, {@link WorkloadLoops} adds the ones that events ask for. Thread-safe.
 */
public final class WorkloadPart implements Part<Assignment.Workloads> {
  private static final Logger LOG = System.getLogger(WorkloadPart.class.getName());
  private static final int ACTIONS_MAX = 12; // stop, remove, pull, create, start, and some spare
  private static final Duration FIRST_ANSWERS = Duration.ofSeconds(2);
  private static final Duration FULL_LOOK_EVERY = Duration.ofMinutes(1);

  private final ContainerRuntime runtime;
  private final Time time;
  private final Executor workers;
  private final Supplier<Optional<String>> blocked;
  private final VolumeShelf volumes;
  private final NodeLease lease;
  private final Table table;
  private final Hands hands;
  private final HealthChecker health;
  private volatile Runnable changed = () -> {};
  private volatile Runnable due = () -> {};
  private volatile List<ObservedWorkload> observed = List.of();
  private volatile long applied = -1;
  private volatile boolean ready; // looked once since the first assignment
  private volatile @Nullable String trouble;
  private final Semaphore stepping = new Semaphore(1);
  private Duration fullLook = Duration.ZERO;
  private volatile @Nullable Duration nextDue;

  /**
   * A part that knows nothing yet.
   *
   * @param workers runs the work on one workload each, e.g. a virtual thread per task
   * @param blocked why no container may start yet, in words, e.g. because the network or its walls
   *     are not there; empty when they may. Pulling, stopping and removing go on meanwhile.
   * @param volumes data of apps on this machine
   * @param lease under which exclusive workloads run
   * @param resolvers files by which they find names
   */
  public WorkloadPart(
      ContainerRuntime runtime,
      HealthProbe probe,
      Time time,
      RandomGenerator random,
      Executor workers,
      Supplier<Optional<String>> blocked,
      VolumeShelf volumes,
      NodeLease lease,
      Resolvers resolvers) {
    this.runtime = runtime;
    this.time = time;
    this.workers = workers;
    this.blocked = blocked;
    this.table = new Table(new Patience(random));
    this.volumes = volumes;
    this.lease = lease;
    lease.onFresh(this::wake);
    this.hands = new Hands(runtime, volumes, resolvers);
    this.health =
        new HealthChecker(probe, new CommandProbe(runtime, time), time, workers, this::publish);
  }

  /** Called when what is reported has changed; from any thread, must return quickly. */
  public void onChange(Runnable listener) {
    changed = listener;
  }

  /** Called when another {@link #step} is worth running now. */
  public void onDue(Runnable listener) {
    due = listener;
  }

  /** Called when another {@link #checkHealth} is worth running now. */
  public void onHealthDue(Runnable listener) {
    health.onDue(listener);
  }

  /** Asks for a step soon, e.g. because nothing is in the way any more. */
  public void wake() {
    due.run();
  }

  /**
   * All workloads assigned or found here, as last seen, by id. Empty until the first look after the
   * first assignment: a new process must not report as unknown what it hasn't looked at.
   */
  public List<ObservedWorkload> observed() {
    return observed;
  }

  @Override
  public void assign(Assignment.Workloads section) {
    lease.wanted(section.items().stream().anyMatch(WorkloadSpec::leased));
    table.assign(section);
    publish();
    due.run();
  }

  /**
   * The revision whose workloads have all been looked at: each is in {@link #observed} since. Being
   * applied does not mean that all of them run.
   */
  @Override
  public long appliedRevision() {
    return applied;
  }

  @Override
  public List<Condition> conditions() {
    String wrong = trouble;
    return List.of(new Condition("docker", wrong == null, wrong == null ? "" : wrong));
  }

  /** Callers wait for each other. */
  @Override
  public void step() {
    try {
      stepping.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.interrupted, "interrupted", e);
    }
    try {
      lookAndPlan();
    } finally {
      stepping.release();
    }
  }

  private void lookAndPlan() {
    long revision = table.revision();
    try {
      look();
      trouble = null;
    } catch (EngineException e) {
      if (e.kind() != Kind.interrupted) {
        trouble = e.words();
      }
      throw e;
    }
    if (revision < 0) {
      return; // nothing was assigned to this process: nothing may be removed
    }
    nextDue = null;
    table.ids().stream().filter(id -> !table.isBusy(id)).forEach(this::plan);
    table.removed().stream().filter(volumes::has).forEach(this::setAside);
    if (!ready) {
      health.watch(sights());
      health.settle(FIRST_ANSWERS);
      ready = true;
    }
    applied = revision;
    publish();
  }

  private List<Sight> sights() {
    return table.ids().stream().map(id -> table.sight(id, true)).toList();
  }

  private void look() {
    Duration now = time.elapsed();
    boolean full = now.compareTo(fullLook) >= 0;
    var rows = runtime.containers(Labels.WORKLOAD);
    if (full) {
      rows.forEach(r -> table.doubt(r.name()));
      fullLook = now.plus(FULL_LOOK_EVERY);
    }
    for (String id : table.stale(rows)) {
      if (!table.isBusy(id)) {
        table.seen(id, inspect(id), now);
      }
    }
  }

  private @Nullable ContainerInfo inspect(String id) {
    return runtime.container(id).map(c -> LastWords.of(runtime, c)).orElse(null);
  }

  private void plan(String id) {
    Action action = next(id);
    if (action instanceof Action.Nothing nothing) {
      remember(nothing.until());
      if (leased(table.sight(id, true))) {
        lease.stopsAt().ifPresent(this::remember);
      }
    } else {
      workers.execute(() -> converge(id));
    }
  }

  private synchronized void remember(@Nullable Duration until) {
    Duration known = nextDue;
    if (until != null && (known == null || until.compareTo(known) < 0)) {
      nextDue = until;
    }
  }

  /** When a step is needed at the latest, on the clock of {@code Time.elapsed}. */
  public Optional<Duration> nextDue() {
    return Optional.ofNullable(nextDue);
  }

  private Action next(String id) {
    Sight sight = table.sight(id, true);
    if (sight.container() == null && sight.meantToRun() && sight.spec() != null) {
      sight = table.sight(id, hands.imageHere(sight.spec()));
    }
    return WorkloadPlanner.plan(allowed(sight), time.elapsed(), obstacle(sight).orElse(null));
  }

  private static boolean leased(Sight sight) {
    return sight.spec() != null && sight.spec().leased();
  }

  /** As it is, or, when it may run only under a lease and there is none, as if to be stopped. */
  private Sight allowed(Sight sight) {
    WorkloadSpec spec = sight.spec();
    if (spec == null || !spec.leased() || lease.held()) {
      return sight;
    }
    long grace = lease.grace(Duration.ofMillis(spec.stopGraceMillis())).toMillis();
    return new Sight(
        sight.id(),
        spec.stoppedWithin(grace),
        sight.container(),
        sight.imageHere(),
        sight.memory());
  }

  /** Why it may not start now, in words. */
  private Optional<String> obstacle(Sight sight) {
    WorkloadSpec spec = sight.spec();
    Optional<String> all = blocked.get();
    if (all.isPresent() || spec == null) {
      return all;
    }
    if (spec.leased() && !lease.held()) {
      return Optional.of("exclusive: runs only while the control plane answers this node");
    }
    return table
        .writer(spec.id(), spec.mounts())
        .map(other -> "waits until " + other + ", which writes the same volume, has ended");
  }

  /** Renames what a person gave up, once no container has it any more. */
  private void setAside(RemovedVolume removed) {
    try {
      runtime.removeVolume(VolumeName.of(removed.id()));
      volumes.setAside(removed);
      LOG.log(Level.INFO, "volume " + removed.id() + " was given up and set aside");
    } catch (EngineException | IOException e) {
      LOG.log(Level.DEBUG, "volume " + removed.id() + " can't be set aside yet: " + e.getMessage());
    }
  }

  /** Brings one workload as far as it goes now. */
  private void converge(String id) {
    if (!table.take(id, Thread.currentThread())) {
      return;
    }
    try {
      for (int i = 0; i < ACTIONS_MAX && perform(id); i++) {
        table.seen(id, inspect(id), time.elapsed());
        publish();
      }
    } catch (EngineException e) {
      LOG.log(Level.DEBUG, id + ": " + e.words()); // the next step says it or tries again
    } finally {
      table.release(id);
      publish();
      due.run();
    }
  }

  /** Does the next action; false when there is none, or it failed. */
  private boolean perform(String id) {
    Action action = next(id);
    Step step = action.step();
    if (step == null || !table.begin(id, step)) {
      return false;
    }
    if (!next(id).equals(action)) {
      table.idle(id); // the wish changed before anybody could see that this is being done
      return true;
    }
    publish();
    try {
      prepare(id, step);
      hands.perform(action);
      LOG.log(Level.INFO, id + ": " + step + " done");
      table.done(id, action);
      return true;
    } catch (VolumeException e) {
      LOG.log(Level.WARNING, id + ": " + e.words());
      table.failed(id, step, e.words(), time.elapsed());
      return false;
    } catch (EngineException e) {
      boolean itsOwnFault = e.kind() != Kind.unreachable && e.kind() != Kind.interrupted;
      if (itsOwnFault) {
        WorkloadSpec spec = table.sight(id, true).spec();
        String reason = Reasons.of(step, spec, e);
        LOG.log(Level.WARNING, id + ": " + step + " failed: " + reason);
        table.failed(id, step, reason, time.elapsed());
        table.seen(id, inspect(id), time.elapsed());
      }
      return false;
    }
  }

  private void prepare(String id, Step step) {
    WorkloadSpec spec = table.sight(id, true).spec();
    if (spec != null && (step == Step.create || step == Step.start)) {
      hands.prepare(spec);
    }
  }

  /** An event of the engine: the container must be looked at anew. */
  public void happened(ContainerEvent event) {
    table.doubt(event.name());
    due.run();
  }

  /** Checks health where it is due. */
  public void checkHealth() {
    health.step();
  }

  private void publish() {
    if (!ready) {
      return;
    }
    boolean news;
    synchronized (this) {
      List<Sight> sights = sights();
      health.watch(sights);
      List<ObservedWorkload> fresh =
          sights.stream()
              .map(s ->
                  Observing.of(
                      s, table.doing(s.id()), health.result(s.id()), obstacle(s).orElse(null)))
              .toList();
      news = !fresh.equals(observed);
      observed = fresh;
    }
    if (news) {
      changed.run();
    }
  }
}
