package dev.temps.lab.product;

import dev.temps.lab.Lab;
import dev.temps.lab.Machine;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * From machines with nothing on them to an app that answers through each of them. Every step is
 * written down, so a setup that was interrupted goes on where it stopped.
 */
public final class Setup {
  /** How many replicas of the sample app are made. */
  public static final int REPLICAS = 2;

  private static final Duration ANSWER_LIMIT = Duration.ofMinutes(2);

  private final Lab lab;
  private final Product product;
  private final ProductFile file;
  private final Progress progress;

  /** A setup of that lab. */
  public Setup(Lab lab, Progress progress) {
    this.lab = lab;
    this.product = new Product(lab);
    this.file = new ProductFile(lab.directory());
    this.progress = progress;
  }

  /**
   * Puts that release on the machines. Nothing must have been started there yet.
   *
   * @throws dev.temps.kit.ProblemException saying which step failed, on which machine, and why
   */
  public Access begin(Release release) {
    progress.step(
        "Putting the release on " + product.first().name(),
        () -> release.install(lab, product.first()));
    file.write(new ProductState.Lost());
    Access access = progress.step("temps serve on " + product.first().name(), product::serve);
    file.write(new ProductState.Serving(access));
    return goOn(access);
  }

  /** As above, from where a control plane serves. What is done already is found so. */
  public Access goOn(Access access) {
    progress.step("temps login on " + product.first().name(), () -> product.login(access));
    join();
    progress.step(
        "Deploying %s with %d replicas".formatted(Product.APP, REPLICAS),
        () -> product.deploy(Product.APP, REPLICAS));
    awaitAnswers();
    file.write(new ProductState.Complete(access));
    return access;
  }

  private void join() {
    Set<String> ready =
        product.nodes().stream()
            .filter(node -> node.liveness().equals("ready"))
            .map(NodeState::name)
            .collect(Collectors.toSet());
    List<Machine> others =
        lab.machines().stream()
            .filter(machine -> machine.index() > 1 && !ready.contains(machine.name()))
            .toList();
    if (!others.isEmpty()) {
      String names = others.stream().map(Machine::name).collect(Collectors.joining(", "));
      progress.step("Joining " + names, () -> Lab.each(others, product::join));
    }
  }

  /** Waits until the app answers through every machine. */
  public void awaitAnswers() {
    progress.step(
        "Waiting for answers through every machine",
        () -> lab.each(machine -> product.awaitAnswer(machine, Product.APP, ANSWER_LIMIT)));
  }
}
