package dev.temps.agent.join;

import dev.temps.agent.runtime.EngineInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * Names what this machine has that Temps was written for but its makers never ran it on, so that
 * whoever meets trouble knows where to look first. Never a reason to refuse.
 */
final class UntriedCheck {
  private static final int ENGINE_TRIED_MAX = 20;

  private UntriedCheck() {}

  static Finding finding(Machine machine, EngineInfo engine) {
    List<String> untried = new ArrayList<>();
    if (machine.exists("/sys/module/wireguard")) {
      untried.add("WireGuard in the kernel");
    }
    if (machine.exists("/sys/fs/cgroup/cgroup.controllers")) {
      untried.add("cgroup v2");
    }
    if (machine.exists("/run/systemd/system")) {
      untried.add("units of systemd");
    }
    if (engine.major() > ENGINE_TRIED_MAX) {
      untried.add("Docker Engine " + engine.version());
    }
    if (!machine.arch().equals("amd64")) {
      untried.add(machine.arch());
    }
    return Finding.good(
        "platform",
        untried.isEmpty()
            ? "Like the machines Temps is tested on."
            : "Written for, but not tested by its makers: " + String.join(", ", untried) + ".");
  }
}
