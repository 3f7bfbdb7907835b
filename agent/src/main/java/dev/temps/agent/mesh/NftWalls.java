package dev.temps.agent.mesh;

import dev.temps.agent.unit.Tool;
import dev.temps.contract.agent.MeshSelf;
import dev.temps.kit.Command;
import java.time.Duration;
import java.util.List;

/**
 * Walls of nftables, plus the few rules Docker's own firewall needs to let mesh traffic pass. Two
 * short programs run when everything stands.
 */
public final class NftWalls implements Walls {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final String USER_CHAIN = "DOCKER-USER"; // Docker keeps its content
  private static final List<Passage> PASSAGES =
      List.of(
          new Passage(MeshNames.DEVICE, MeshNames.BRIDGE),
          new Passage(MeshNames.BRIDGE, MeshNames.DEVICE),
          new Passage(MeshNames.BRIDGE, MeshNames.BRIDGE));

  private record Passage(String in, String out) {
    String rule() {
      return "-A " + USER_CHAIN + " -i " + in + " -o " + out + " -j ACCEPT";
    }
  }

  /** Walls of this machine. */
  public NftWalls() {}

  @Override
  public void ensure(MeshSelf self) {
    KernelSettings.ensure();
    if (!Tool.succeeds("nft", "list", "chain", "inet", "temps", Ruleset.mark(self))) {
      Tool.feed(Ruleset.render(self), "nft", "-f", "-");
    }
    letDockerPass();
  }

  private static void letDockerPass() {
    Command.Result chain = Command.run(LIMIT, "iptables", "-w", "5", "-S", USER_CHAIN);
    if (!chain.ok()) {
      // Docker makes it when it starts, and keeps one that is there already.
      Tool.must("iptables", "-w", "5", "-N", USER_CHAIN);
    }
    List<String> present = chain.out().lines().map(String::strip).toList();
    for (Passage passage : PASSAGES) {
      if (!present.contains(passage.rule())) {
        Tool.must(
            "iptables",
            "-w",
            "5",
            "-I",
            USER_CHAIN,
            "1",
            "-i",
            passage.in(),
            "-o",
            passage.out(),
            "-j",
            "ACCEPT");
      }
    }
  }
}
