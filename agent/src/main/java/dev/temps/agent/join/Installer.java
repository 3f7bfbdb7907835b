package dev.temps.agent.join;

import dev.temps.kit.Command;
import dev.temps.kit.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Gets what a node needs from the distribution's packages, by argument list. */
final class Installer {
  private static final Duration UPDATE_LIMIT = Duration.ofMinutes(3);
  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(10);
  private static final int SHOWN_MAX = 600;
  private static final List<String> PACKAGES =
      List.of(
          "docker.io",
          "wireguard-tools",
          "wireguard-go",
          "iptables",
          "nftables",
          "iproute2",
          "iputils-ping",
          "dnsmasq-base");

  private final Machine machine;

  Installer(Machine machine) {
    this.machine = machine;
  }

  /** How to get one package, in words. */
  static String how(String packageName) {
    return "Run: apt-get install -y " + packageName + " (or join with --install).";
  }

  /**
   * Installs all of them.
   *
   * @throws dev.temps.kit.ProblemException with the packager's own words when it fails
   */
  void install(boolean ingress, Console console) {
    if (!machine.program("apt-get")) {
      throw Problem.of(
              "no-package-manager",
              422,
              "--install can't be used here.",
              "There is no apt-get on this machine.",
              "Install what is missing with its own package manager and join without --install.")
          .raise();
    }
    List<String> argv =
        new ArrayList<>(
            List.of(
                "env",
                "DEBIAN_FRONTEND=noninteractive",
                "apt-get",
                "install",
                "-y",
                "--no-install-recommends"));
    PACKAGES.stream().filter(p -> !(p.equals("docker.io") && hasDocker())).forEach(argv::add);
    if (ingress) {
      argv.add("haproxy");
    }
    console.progress("looking for packages: apt-get update");
    machine.run(UPDATE_LIMIT, "apt-get", "update"); // stale lists may do; install tells if not
    console.progress("installing: " + String.join(" ", argv.subList(6, argv.size())));
    Command.Result done = machine.run(INSTALL_LIMIT, argv.toArray(String[]::new));
    if (!done.ok()) {
      String said = (done.err() + done.out()).strip();
      throw Problem.of(
              "install-failed",
              500,
              "The packages could not be installed.",
              said.length() > SHOWN_MAX ? said.substring(said.length() - SHOWN_MAX) : said,
              "Mend what apt-get complains about and run the same command again.")
          .raise();
    }
  }

  /** Docker's own packages are as good as the distribution's and don't go with them. */
  private boolean hasDocker() {
    return machine.program("dockerd") || machine.exists("/run/docker.sock");
  }
}
