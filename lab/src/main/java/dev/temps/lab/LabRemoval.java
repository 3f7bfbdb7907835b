package dev.temps.lab;

import dev.temps.kit.Name;
import dev.temps.kit.Problem;
import dev.temps.lab.host.Cgroups;
import dev.temps.lab.host.Host;
import dev.temps.lab.host.LabProcesses;
import dev.temps.lab.host.Wan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Takes down everything that carries a lab's name, whoever made it and however far they came. Asks
 * the kernel what there is and believes no file, so it may run at any time and again.
 */
final class LabRemoval {
  private static final Duration END_LIMIT = Duration.ofSeconds(60);

  private final Host host;
  private final Name lab;
  private final Cgroups cgroups;

  LabRemoval(Host host, Name lab) {
    this.host = host;
    this.lab = lab;
    this.cgroups = Cgroups.ofHost(host);
  }

  void run() {
    LabFiles files = new LabFiles(lab);
    for (int i = 1;
        i <= Wan.MACHINES_MAX && files.machine(LabContext.node(i)).toFile().exists();
        i++) {
      cgroups.freeze(lab + "/" + LabContext.node(i), false);
    }
    if (!host.until(END_LIMIT, () -> killAll().isEmpty())) {
      throw Problem.of(
              "lab-down",
              500,
              "The lab " + lab + " did not go down.",
              "These processes did not end: " + killAll(),
              "Try again: temps lab down --name " + lab + ".")
          .raise();
    }
    Wan.removeAll(host, lab);
    cgroups.remove(lab.value());
    try {
      LabIndexes.release(host, files);
    } catch (IOException e) {
      throw new UncheckedIOException("could not remove the files of the lab " + lab, e);
    }
  }

  private Set<Long> killAll() {
    Set<Long> pids = new HashSet<>(LabProcesses.withPrefix(lab + "/"));
    pids.addAll(cgroups.processes(lab.value()));
    LabProcesses.kill(pids);
    return pids;
  }
}
