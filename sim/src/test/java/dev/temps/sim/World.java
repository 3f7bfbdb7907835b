package dev.temps.sim;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/** Kinds of bad luck, each with the faults that belong to it. */
enum World {
  /** Nothing goes wrong but that a process ends now and then. */
  calm(List.of((f, _) -> f.crash())),
  /** Messages are lost, late, doubled; ways are cut in one direction. */
  lossy(List.of((f, _) -> f.badWeather(), (f, _) -> f.badWeather(), (f, _) -> f.separate())),
  /** The control plane is killed or stands still. */
  controlAway(List.of((f, _) -> f.killControl(), (f, _) -> f.stopControl(), (f, _) -> f.crash())),
  /** Machines are cut off from all or some others. */
  splitNode(List.of((f, _) -> f.isolate(), (f, _) -> f.isolate(), (f, _) -> f.separate())),
  /** Docker is slow, or away with all its containers. */
  slowDisk(List.of((f, _) -> f.slowDocker(), (f, _) -> f.slowDocker(), (f, _) -> f.dockerAway())),
  /** Machines and agents come and go, clocks are set. */
  flappingNode(
      List.of(
          (f, r) -> f.powerOff(3 + r.nextInt(20)),
          (f, _) -> f.killAgent(),
          (f, _) -> f.setClock())),
  /** Most machines are gone at once. */
  massLoss(List.of((f, _) -> f.loseMost(), (f, _) -> f.powerOff(40))),
  /** The control plane's machine is lost, and another takes its place from a snapshot. */
  restore(List.of((f, _) -> f.restore(), (f, _) -> f.crash(), (f, _) -> f.killAgent())),
  /** Agents of two releases, and a control plane that is started again. */
  upgradeMixed(List.of((f, _) -> f.changeRelease(), (f, _) -> f.killControl()));

  @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list of functions without state
  private final List<BiConsumer<Faults, RandomGenerator>> faults;

  World(List<BiConsumer<Faults, RandomGenerator>> faults) {
    this.faults = faults;
  }

  /** Something goes wrong. */
  void strike(Faults with, RandomGenerator random) {
    faults.get(random.nextInt(faults.size())).accept(with, random);
  }
}
