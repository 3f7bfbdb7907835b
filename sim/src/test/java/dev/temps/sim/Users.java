package dev.temps.sim;

import dev.temps.contract.api.DeployRequest;
import dev.temps.control.access.Grant;
import dev.temps.control.access.Role;
import dev.temps.control.node.Liveness;
import dev.temps.control.node.Node;
import dev.temps.kit.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * People at their work: they deploy, scale, drain, add machines and take them away, at random and
 * without looking. What is refused is refused; everything else is to be carried out.
 */
final class Users {
  private static final List<String> APPS = List.of("a0", "a1", "a2", "a3", "v0", "v1", "x0", "xv");
  private static final Grant EVERYTHING = new Grant(Role.owner, Set.of(), null);
  private static final int NODES_MAX = 8;
  private static final int NODES_MIN = 3;

  private final SimWorld world;
  private final RandomGenerator random;
  private int done;
  private int refused;

  Users(SimWorld world, RandomGenerator random) {
    this.world = world;
    this.random = random;
  }

  /** Wishes that were taken. */
  int done() {
    return done;
  }

  /** Wishes that were refused with a reason. */
  int refused() {
    return refused;
  }

  /** Somebody wants something. */
  void act() {
    SimControl control = world.control();
    if (!control.serves()) {
      return;
    }
    String app = pick(APPS);
    int dice = random.nextInt(100);
    if (dice < 34) {
      wish("deploy " + app, () -> control.deployer.deploy(request(app), SimControl.ANNA));
    } else if (dice < 46) {
      int replicas = random.nextInt(6);
      wish(
          "scale " + app + " " + replicas,
          () -> control.apps.scale(app, replicas, SimControl.ANNA));
    } else if (dice < 52) {
      wish("restart " + app, () -> control.apps.restart(app, SimControl.ANNA));
    } else if (dice < 56) {
      wish("stop " + app, () -> control.apps.stop(app, SimControl.ANNA));
    } else if (dice < 62) {
      wish("start " + app, () -> control.apps.start(app, SimControl.ANNA));
    } else if (dice < 65) {
      wish("remove " + app, () -> control.apps.remove(app, SimControl.ANNA));
    } else if (dice < 69) {
      wish("roll back " + app, () -> control.rollbacks.rollBack(app, null, SimControl.ANNA));
    } else if (dice < 71) {
      wish(
          "remove volume " + app + ":data",
          () -> control.volumes.remove(app + ":data", EVERYTHING, SimControl.ANNA));
    } else {
      nodes(control, dice);
    }
  }

  private void nodes(SimControl control, int dice) {
    SimNode node = pick(world.members());
    String name = name(control, node);
    if (dice < 79) {
      Long deadline = random.nextBoolean() ? Long.valueOf(5 + random.nextInt(60)) : null;
      wish(
          "drain " + name,
          () -> {
            control.drains.drain(name, deadline, SimControl.ANNA);
            Bugs.drained(world.bug, control, node.id);
          });
    } else if (dice < 85) {
      wish("undrain " + name, () -> control.drains.undrain(name, SimControl.ANNA));
    } else if (dice < 88) {
      wish(
          "cordon " + name,
          () -> control.nodes.patch(SimControl.ANNA, name, "cordoned", null, null));
    } else if (dice < 92) {
      wish(
          "uncordon " + name,
          () -> control.nodes.patch(SimControl.ANNA, name, "active", null, null));
    } else if (dice < 95) {
      join();
    } else {
      leave(control);
    }
  }

  private void join() {
    if (world.members().size() < NODES_MAX) {
      wish("join m" + world.nodes.size(), () -> world.join(cpu(), memory(), random.nextBoolean()));
    }
  }

  long cpu() {
    return 1_000L * (2 + random.nextInt(3));
  }

  long memory() {
    return (2L + random.nextInt(3)) << 30;
  }

  /** An empty machine is taken out, or a dead one is given up and scrapped. */
  private void leave(SimControl control) {
    if (world.members().size() <= NODES_MIN) {
      return;
    }
    for (SimNode node : world.members()) {
      Node known = control.directory.find(node.id).orElse(null);
      boolean dead = known != null && control.monitor.liveness(known) == Liveness.down;
      boolean drained = known != null && known.availability().name().equals("drained");
      if ((dead && !node.powered) || drained) {
        remove(control, node, dead);
        return;
      }
    }
  }

  /** Takes a machine out; a machine that was taken out is switched off. */
  void remove(SimControl control, SimNode node, boolean force) {
    String name = name(control, node);
    wish(
        "remove node " + name + (force ? " by force" : ""),
        () -> {
          control.removal.remove(name, force, SimControl.ANNA);
          node.powerOff();
          node.removed = true;
        });
  }

  /**
   * What a restore leaves to people: machines that joined after the snapshot are not known any more
   * and are switched off, those that had been taken out before it are known again and are taken out
   * once more.
   */
  void tidyUp() {
    SimControl control = world.control();
    if (!control.serves()) {
      return;
    }
    for (SimNode node : world.nodes) {
      Node known = control.directory.find(node.id).orElse(null);
      if (known == null && !node.removed) {
        node.powerOff();
        node.removed = true;
      } else if (known != null
          && node.removed
          && control.monitor.liveness(known) != Liveness.ready) {
        remove(control, node, true);
      }
    }
  }

  static String name(SimControl control, SimNode node) {
    return control.directory.find(node.id).map(Node::name).orElse(node.name);
  }

  /** Some wish for an app; what its name begins with says which kind it is. */
  DeployRequest request(String app) {
    boolean one = !app.startsWith("a");
    boolean data = app.contains("v");
    return new DeployRequest(
        app,
        null,
        pick(SimWorld.IMAGES),
        one ? 1 : 1 + random.nextInt(4),
        null,
        null,
        null,
        null,
        null,
        Long.valueOf(100L * random.nextInt(16)),
        Long.valueOf((64L << 20) * (1 + random.nextInt(24))),
        null,
        null,
        null,
        data ? Map.of("data", "/data") : null,
        app.startsWith("x") ? Boolean.TRUE : null,
        null,
        null);
  }

  private void wish(String what, Runnable wish) {
    try {
      wish.run();
      done++;
      world.note("user: " + what);
    } catch (ProblemException e) {
      refused++;
      world.note("user: " + what + ": " + e.problem().line());
    }
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
