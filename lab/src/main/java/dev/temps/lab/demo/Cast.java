package dev.temps.lab.demo;

import dev.temps.kit.Problem;
import dev.temps.lab.Lab;
import dev.temps.lab.Machine;
import dev.temps.lab.product.Product;
import dev.temps.lab.product.Replica;
import dev.temps.lab.product.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who plays what in a demo.
 *
 * @param replicas of the app when it begins
 * @param victim loses power
 * @param through takes the requests, and survives
 */
record Cast(List<Replica> replicas, Machine victim, Machine through) {
  private static final int REPLICAS_MIN = 2;

  /**
   * Looks at where the app's replicas are.
   *
   * @param wanted the machine that is to lose power; without, the last one that holds a replica and
   *     not the control plane
   * @throws dev.temps.kit.ProblemException when the lab isn't in a state to show anything
   */
  static Cast of(Lab lab, Product product, @Nullable String wanted) {
    Machine named = wanted == null ? null : lab.machine(wanted);
    lab.machines().forEach(machine -> checkOn(lab, machine));
    List<Replica> replicas =
        product.replicas(Product.APP).stream().filter(Replica::running).toList();
    Machine victim = named == null ? pick(lab, product, replicas) : named;
    if (replicas.stream().allMatch(replica -> replica.node().equals(victim.name()))
        || replicas.size() < REPLICAS_MIN) {
      throw unfit(
          "%d replicas of %s run, none but on %s."
              .formatted(replicas.size(), Product.APP, victim.name()),
          "There must be two, on two machines. See: "
              + Words.exec(lab, "node-1", "temps ps --why")
              + ".");
    }
    Machine through =
        lab.machines().stream()
            .filter(machine -> !machine.equals(victim))
            .findFirst()
            .orElseThrow(() -> unfit("There is one machine.", "Make a lab of several."));
    return new Cast(replicas, victim, through);
  }

  private static Machine pick(Lab lab, Product product, List<Replica> replicas) {
    return lab.machines().reversed().stream()
        .filter(machine -> !machine.equals(product.first()))
        .filter(machine -> replicas.stream().anyMatch(r -> r.node().equals(machine.name())))
        .findFirst()
        .orElseThrow(() ->
            unfit(
                "No machine but the control plane's holds a running replica of "
                    + Product.APP
                    + ".",
                "See: " + Words.exec(lab, "node-1", "temps ps") + "."));
  }

  private static void checkOn(Lab lab, Machine machine) {
    if (!machine.on() || machine.frozen()) {
      throw unfit(
          machine.name() + (machine.on() ? " is frozen." : " has no power."),
          "Mend it: "
              + Words.lab(lab, machine.on() ? "thaw" : "power-on")
              + " "
              + machine.name()
              + ".");
    }
  }

  private static RuntimeException unfit(String why, String next) {
    return Problem.conflict("lab-demo", "The demo can't be shown on this lab.", why, next).raise();
  }

  /** One line on who does what. */
  String line() {
    return "%d requests/s to http://%s/ through %s; replicas on %s; %s is going to lose power"
        .formatted(
            Load.RATE,
            Product.host(Product.APP),
            through.name(),
            String.join(", ", replicas.stream().map(Replica::node).distinct().sorted().toList()),
            victim.name());
  }
}
