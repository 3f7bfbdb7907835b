package dev.temps.agent.mesh;

import dev.temps.agent.unit.Tool;
import dev.temps.kit.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The kernel settings the mesh stands on: forwarding, and that bridged packets pass the firewall,
 * without which neighbours on one bridge bypass every rule. Stateless.
 */
final class KernelSettings {
  private static final Path NET = Path.of("/proc/sys/net");

  private KernelSettings() {}

  /**
   * Asserts all of them; writes only what differs.
   *
   * @throws dev.temps.kit.ProblemException when the kernel lacks one
   */
  static void ensure() {
    Path bridged = NET.resolve("bridge/bridge-nf-call-iptables");
    if (!Files.exists(bridged)) {
      // Built into some kernels, a module in most; only the setting tells whether it is there.
      var _ = Tool.succeeds("modprobe", "br_netfilter");
    }
    if (!Files.exists(bridged)) {
      throw Problem.of(
              "no-br-netfilter",
              500,
              "The kernel module br_netfilter is missing.",
              "Without it containers on one bridge bypass the firewall, so none is started here.",
              "Run modprobe br_netfilter, or install the kernel's modules package.")
          .raise();
    }
    require(bridged, "1");
    require(NET.resolve("bridge/bridge-nf-call-ip6tables"), "1");
    require(NET.resolve("ipv4/ip_forward"), "1");
  }

  /** Answers to what came through the tunnel leave through it, so the strict check holds there. */
  static void ensureDevice() {
    require(NET.resolve("ipv4/conf/" + MeshNames.DEVICE + "/rp_filter"), "1");
  }

  private static void require(Path setting, String value) {
    try {
      if (!Files.readString(setting).strip().equals(value)) {
        Files.writeString(setting, value);
      }
    } catch (IOException e) {
      throw Problem.of(
              "kernel-setting",
              500,
              "A kernel setting can't be made.",
              setting + " should be " + value + ": " + e.getMessage(),
              "Set it by hand; in a container it must be writable.")
          .raise();
    }
  }
}
