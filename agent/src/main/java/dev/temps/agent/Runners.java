package dev.temps.agent;

import dev.temps.agent.identity.NodeIdentity;
import dev.temps.agent.part.Part;
import dev.temps.contract.agent.Applied;
import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.Condition;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The six parts of a node; those that don't run by themselves get a loop each. Thread-safe. */
final class Runners implements AutoCloseable {
  private static final Duration QUICK = Duration.ofMillis(200); // steps with nothing due are free
  private static final Duration SLOW = Duration.ofSeconds(2);

  private final Part<Assignment.Workloads> workloads; // runs by itself
  private final PartRunner<Assignment.Peers> mesh;
  private final PartRunner<Assignment.Routes> ingress;
  private final PartRunner<Assignment.Certificates> certificates;
  private final PartRunner<Assignment.Walls> walls;
  private final PartRunner<Assignment.Names> names;

  Runners(Parts parts, NodeIdentity identity, Runnable changed) {
    workloads = parts.workloads();
    mesh = new PartRunner<>("mesh", parts.mesh(), QUICK, changed);
    ingress = new PartRunner<>("ingress", parts.ingress(), SLOW, changed);
    certificates = new PartRunner<>("certificates", new CertificatesPart(identity), SLOW, changed);
    walls = new PartRunner<>("project-walls", parts.walls(), QUICK, changed);
    names = new PartRunner<>("names", parts.names(), QUICK, changed);
  }

  void start(RandomGenerator random) {
    stepped().forEach(r -> r.start(random));
  }

  /** Sections that are null stay as they were. */
  void assign(Assignment news) {
    certificates.assign(news.certificates());
    walls.assign(news.walls()); // before what is to stand behind them
    mesh.assign(news.peers());
    names.assign(news.names()); // before who may ask for one
    if (news.workloads() != null) {
      workloads.assign(news.workloads());
    }
    ingress.assign(news.routes());
  }

  Applied applied() {
    return new Applied(
        workloads.appliedRevision(),
        mesh.applied(),
        ingress.applied(),
        certificates.applied(),
        walls.applied(),
        names.applied());
  }

  List<Condition> conditions() {
    return Stream.concat(
            workloads.conditions().stream(), stepped().flatMap(r -> r.conditions().stream()))
        .toList();
  }

  private Stream<PartRunner<?>> stepped() {
    return Stream.of(certificates, walls, mesh, names, ingress);
  }

  @Override
  public void close() {
    stepped().forEach(PartRunner::close);
  }
}
