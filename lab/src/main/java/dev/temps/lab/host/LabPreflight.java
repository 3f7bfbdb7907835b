package dev.temps.lab.host;

import dev.temps.kit.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds out whether this host can carry a lab, by trying. Changes nothing but what {@link
 * #installPackages} is asked to.
 */
public final class LabPreflight {
  private static final List<Probe> PROBES =
      List.of(
          new Probe(
              "overlayfs",
              "It can't be mounted over this host's root.",
              "--mount",
              """
              mkdir -p /var/cache/temps-lab
              cd "$(mktemp -d -p /var/cache/temps-lab)"
              mkdir up work at
              trap 'rm -rf "$PWD"' EXIT
              mount -t overlay -o "lowerdir=/,upperdir=$PWD/up,workdir=$PWD/work" temps-lab at
              umount at
              """),
          new Probe(
              "veth and bridge",
              "They can't be made.",
              "--net",
              """
              ip link add lab0 type veth peer name lab1
              ip link add lab2 type bridge
              """),
          new Probe(
              "nftables bridge",
              "Tables of the bridge family can't be made.",
              "--net",
              "nft add table bridge probe"));
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(20);
  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(10);

  private static final Probe LOOP =
      new Probe(
          "loop devices", "A file can't be used as a disk.", "--mount", "losetup -f > /dev/null");

  private final Host host;
  private final boolean dataDisks;

  /** A look at the given host, for a lab whose machines have no data disks. */
  public LabPreflight(Host host) {
    this(host, false);
  }

  /**
   * A look at the given host.
   *
   * @param dataDisks whether machines are to have data disks of their own
   */
  public LabPreflight(Host host, boolean dataDisks) {
    this.host = host;
    this.dataDisks = dataDisks;
  }

  /** Tries something the kernel must be able to do, in a namespace that is gone afterwards. */
  private record Probe(String what, String why, String namespace, String script) {
    String[] argv() {
      return new String[] {"unshare", namespace, "sh", "-es"};
    }
  }

  /**
   * Something the host lacks.
   *
   * @param what short name: {@code root}, {@code overlayfs}, {@code packages}
   * @param why what was seen
   * @param next how to get it
   */
  public record Finding(String what, String why, String next) {
    /** One line for people. */
    public String line() {
      return what + ": " + why + " " + next;
    }
  }

  /** Everything that is missing; empty when a lab can be made. */
  public List<Finding> findings() {
    List<Finding> found = new ArrayList<>();
    if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).equals("linux")) {
      found.add(new Finding("linux", "This is another system.", "Use a Linux host."));
      return found;
    }
    if (!"0".equals(host.run("id", "-u").out().strip())) {
      found.add(new Finding("root", "Machines are made by root.", "Run it as root (sudo)."));
      return found;
    }
    List<String> packages = HostPackages.missing(dataDisks);
    if (!packages.isEmpty()) {
      found.add(
          new Finding(
              "packages",
              "Missing: " + String.join(" ", packages) + ".",
              "Run: apt-get install --no-install-recommends " + String.join(" ", packages)));
    }
    namespaces(found);
    kernel(found);
    return found;
  }

  private void namespaces(List<Finding> found) {
    for (String kind : List.of("mount", "uts", "ipc", "net", "pid", "cgroup")) {
      check(
          found,
          "namespace " + kind,
          "The kernel or a container around us forbids it.",
          "Use a machine of your own, or a container with all privileges.",
          "",
          "unshare",
          "--" + kind,
          "--fork",
          "true");
    }
  }

  private void kernel(List<Finding> found) {
    if (!Files.isReadable(Path.of("/dev/net/tun"))) {
      found.add(new Finding("tun", "There is no /dev/net/tun.", "Load it: modprobe tun."));
    }
    String load = "Load it with modprobe, or use a kernel that has it.";
    for (Probe probe : PROBES) {
      check(found, probe.what(), probe.why(), load, probe.script(), probe.argv());
    }
    if (dataDisks) {
      check(found, LOOP.what(), LOOP.why(), load, LOOP.script(), LOOP.argv());
    }
    List<String> controllers = Cgroups.ofHost(host).missing();
    if (!controllers.isEmpty()) {
      found.add(
          new Finding(
              "cgroups",
              "Not there: " + String.join(" ", controllers) + ".",
              "Mount them (systemd does), or give the container access to them."));
    }
  }

  private static void check(
      List<Finding> found, String what, String why, String next, String input, String... argv) {
    Command.Result result = Command.run(List.of(argv), input, PROBE_LIMIT);
    if (!result.ok()) {
      String words = result.err().strip();
      found.add(new Finding(what, words.isEmpty() ? why : why + " (" + words + ")", next));
    }
  }

  /**
   * Installs the missing packages with the distribution's own tool, within 10 minutes.
   *
   * @return what went wrong; empty when all are there now
   */
  public String installPackages() {
    List<String> packages = HostPackages.missing(dataDisks);
    if (packages.isEmpty()) {
      return "";
    }
    Command.run(List.of("apt-get", "update", "-q"), "", INSTALL_LIMIT);
    List<String> line =
        new ArrayList<>(
            List.of("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-q", "-y"));
    line.add("--no-install-recommends");
    line.addAll(packages);
    Command.Result result = Command.run(line, "", INSTALL_LIMIT);
    return result.ok() && HostPackages.missing(dataDisks).isEmpty()
        ? ""
        : (result.out() + result.err()).strip();
  }
}
