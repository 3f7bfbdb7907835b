package dev.temps.agent.workload;

import dev.temps.agent.name.Resolvers;
import dev.temps.agent.runtime.ContainerRuntime;
import dev.temps.agent.runtime.ContainerSpec;
import dev.temps.agent.runtime.ContainerSummary;
import dev.temps.agent.runtime.EngineException;
import dev.temps.agent.runtime.EngineException.Kind;
import dev.temps.agent.runtime.ExecSession;
import dev.temps.agent.runtime.Labels;
import dev.temps.contract.agent.ExecStart;
import dev.temps.contract.agent.RunStart;
import dev.temps.contract.agent.WorkloadSpec;
import dev.temps.kit.Problem;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Containers that are there for one command and its caller. No assignment names them, so none of
 * them may outlive this process for long: {@link #step} removes those that nobody here talks to,
 * what an agent that was killed left behind included. Thread-safe.
 */
public final class OneOffs {
  private static final Logger LOG = System.getLogger(OneOffs.class.getName());

  private final ContainerRuntime runtime;
  private final Supplier<Optional<String>> blocked;
  private final Resolvers resolvers;
  private final Set<String> running = ConcurrentHashMap.newKeySet();

  /**
   * None yet.
   *
   * @param blocked why no container may start now, in words; empty when they may
   * @param resolvers files by which they find names
   */
  public OneOffs(
      ContainerRuntime runtime, Supplier<Optional<String>> blocked, Resolvers resolvers) {
    this.runtime = runtime;
    this.blocked = blocked;
    this.resolvers = resolvers;
  }

  /**
   * Pulls the image if it isn't here, which may take minutes, then starts the command. Closing the
   * session removes the container.
   *
   * @param left whether the caller has gone meanwhile: then nothing is started
   * @throws dev.temps.kit.ProblemException while no container may start here
   * @throws EngineException when the engine can't do it; nothing is left then
   */
  public ExecSession run(RunStart start, BooleanSupplier left) {
    WorkloadSpec spec = start.workload();
    blocked.get().ifPresent(OneOffs::refuse);
    if (spec.imageId() == null && runtime.image(spec.image()).isEmpty()) {
      runtime.pull(spec.image(), spec.login(), progress -> {});
    }
    Hands.image(runtime, spec);
    if (left.getAsBoolean()) {
      throw new EngineException(Kind.interrupted, "the caller left before it was started");
    }
    ExecStart exec = start.exec();
    running.add(spec.id());
    try {
      ExecSession process = runtime.run(container(spec, exec), exec.columns(), exec.rows());
      LOG.log(Level.INFO, spec.id() + ": one command of " + spec.app() + " runs");
      return new OneOffSession(process, () -> forget(spec.id()));
    } catch (EngineException e) {
      running.remove(spec.id());
      throw e;
    }
  }

  private static void refuse(String why) {
    throw Problem.conflict(
            "node-not-ready", "The node can't start containers now.", why, "Try again soon.")
        .raise();
  }

  private ContainerSpec container(WorkloadSpec spec, ExecStart exec) {
    Map<String, String> labels = new HashMap<>(spec.labels());
    labels.remove(Labels.WORKLOAD); // who carries that is started again, or stopped as unknown
    labels.put(Labels.ONCE, spec.id());
    labels.put(Labels.APP, spec.app());
    String imageId = spec.imageId();
    return new ContainerSpec(
        spec.id(),
        imageId == null ? spec.image() : imageId,
        spec.env(),
        exec.command(),
        labels,
        new ContainerSpec.Attachment(Hands.NETWORK, spec.address(), spec.mac()),
        exec.terminal(),
        spec.cpuMillis(),
        spec.memoryBytes(),
        List.of(),
        Hands.resolver(resolvers, spec));
  }

  private void forget(String id) {
    if (running.remove(id)) {
      LOG.log(Level.INFO, id + ": ended");
    }
  }

  /**
   * Removes those that nobody here talks to.
   *
   * @throws EngineException when the engine can't; the next step tries again
   */
  public void step() {
    for (ContainerSummary one : runtime.containers(Labels.ONCE)) {
      if (!running.contains(one.name())) {
        runtime.remove(one.name());
        LOG.log(Level.INFO, one.name() + ": its caller is gone, it was removed");
      }
    }
  }
}
