package dev.temps.lab;

import dev.temps.lab.host.LabProcesses;

/** What a program in a lab finds in its environment: a login's, and nothing of the host's. */
final class MachineEnvironment {
  private MachineEnvironment() {}

  static void set(ProcessBuilder builder, String label) {
    builder.environment().clear();
    builder
        .environment()
        .put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    builder.environment().put("HOME", "/root");
    builder.environment().put("LANG", "C.UTF-8");
    builder.environment().put(LabProcesses.LABEL, label);
  }
}
