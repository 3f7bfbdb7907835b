package dev.temps.dist;

import dev.temps.cli.Group;
import dev.temps.cli.Mount;
import dev.temps.lab.command.LabCommand;
import java.util.List;

/** Commands that need more than the API. */
final class Mounts {
  private Mounts() {}

  static List<Mount> all() {
    return List.of(
        new Mount("serve", Group.START, "Start a control plane here.", ServeCommand::new),
        new Mount("join", Group.START, "Make this machine a node.", JoinCommand::new),
        new Mount("install", Group.PROGRAM, "Put a release on this machine.", InstallCommand::new),
        new Mount("doctor", Group.PROGRAM, "Look this machine over.", DoctorCommand::new),
        new Mount(
            "uninstall", Group.PROGRAM, "Leave this machine as it was.", UninstallCommand::new),
        new Mount("agent", Group.PROGRAM, "Be this node's agent.", _ -> new AgentCommand()),
        new Mount(
            "lab",
            Group.START,
            "Try it all on machines made on this host.",
            _ -> new LabCommand()));
  }
}
