package dev.temps.bench.lifecycle;

import dev.temps.bench.Proc;
import dev.temps.kit.Time;
import dev.temps.lab.LabRegistry;
import dev.temps.lab.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Docker Swarm with its defaults on the machines' own engines: the first manages, the others work.
 * One service of the sample image on workers, without a health check, so a task counts as soon as
 * it runs. Its port is published on the machine it runs on, since Swarm's ingress needs IPVS.
 */
final class SwarmPeer {
  private static final String SERVICE = "peer";
  private static final int PORT = 18080;
  private static final double PER_SECOND = 10;
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Ground ground;
  private final Time time;
  private final Machine manager;
  private final List<Machine> workers;

  SwarmPeer(Ground ground) {
    this.ground = ground;
    this.time = ground.time();
    this.manager = ground.product().first();
    this.workers = ground.others(manager);
  }

  /** Makes the swarm and the service, with no task yet. */
  void create() {
    docker(manager, "swarm", "init", "--advertise-addr", manager.address());
    String token = docker(manager, "swarm", "join-token", "-q", "worker");
    for (Machine worker : workers) {
      String to = manager.address() + ":2377";
      docker(worker, "swarm", "join", "--advertise-addr", worker.address(), "--token", token, to);
    }
    docker(
        manager,
        "service",
        "create",
        "--detach",
        "--name",
        SERVICE,
        "--replicas",
        "0",
        "--constraint",
        "node.role==worker",
        "--publish",
        "mode=host,target=8080,published=" + PORT,
        LabRegistry.SAMPLE_1);
  }

  /** Wishes for so many tasks and waits until that is so. */
  void scale(int tasks) throws InterruptedException {
    docker(manager, "service", "scale", "--detach", SERVICE + "=" + tasks);
    ground.await(tasks + " tasks of Swarm", () -> running().size() == tasks);
  }

  private List<String> running() {
    return Proc.out(
            manager,
            "docker service ps -f desired-state=running --format '{{.Node}} {{.CurrentState}}' "
                + SERVICE
                + "\n")
        .lines()
        .filter(line -> line.contains(" Running"))
        .map(line -> line.split(" ")[0])
        .toList();
  }

  /** The worker with the task loses power: until Swarm shows it down, and the app answers. */
  Map<String, Double> run() throws InterruptedException {
    Machine victim = ground.machine(running().getFirst());
    Machine other = workers.stream().filter(w -> w != victim).findFirst().orElseThrow();
    try (Traffic load = new Traffic(ground, manager, other.address(), PORT, SERVICE, PER_SECOND)) {
      time.pause(Duration.ofSeconds(2));
      long start = time.millis();
      victim.powerOff();
      OptionalLong down = OptionalLong.empty();
      OptionalLong answers = OptionalLong.empty();
      Duration end = time.elapsed().plus(LIMIT);
      while ((down.isEmpty() || answers.isEmpty()) && time.elapsed().compareTo(end) < 0) {
        if (down.isEmpty() && down(victim)) {
          down = OptionalLong.of(time.millis());
        }
        answers = load.now().firstAfter(start, _ -> true);
        time.pause(LOOK);
      }
      if (down.isEmpty() || answers.isEmpty()) {
        throw new IllegalStateException("Swarm did not heal within " + LIMIT.toSeconds() + " s");
      }
      return Map.of(
          "down",
          (down.getAsLong() - start) / 1000.0,
          "answers",
          (answers.getAsLong() - start) / 1000.0);
    } finally {
      ground.revive(victim);
      ground.await("Swarm's worker ready", () -> !down(victim));
      time.pause(PowerOffPart.QUIET);
    }
  }

  private boolean down(Machine machine) {
    String format = "{{.Status.State}}";
    return docker(manager, "node", "inspect", "-f", format, machine.name()).equals("down");
  }

  private static String docker(Machine machine, String... arguments) {
    List<String> argv = new ArrayList<>(List.of("docker"));
    argv.addAll(List.of(arguments));
    return machine.exec(argv, LIMIT).must("docker " + arguments[0] + " " + arguments[1]).strip();
  }
}
