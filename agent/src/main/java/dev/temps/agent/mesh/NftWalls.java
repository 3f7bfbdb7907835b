package dev.temps.agent.mesh;

import dev.temps.agent.unit.Tool;
import dev.temps.contract.agent.MeshSelf;
import dev.temps.kit.Command;
import java.time.Duration;
import java.util.ArrayList;
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
          new Passage(MeshNames.DEVICE, MeshNames.BRIDGE, false),
          new Passage(MeshNames.BRIDGE, MeshNames.DEVICE, false),
          new Passage(MeshNames.BRIDGE, MeshNames.BRIDGE, false),
          new Passage(MeshNames.DEVICE, MeshNames.DEVICE, true));

  /**
   * One way through Docker's firewall.
   *
   * @param relay only from the mesh to the mesh
   */
  private record Passage(String in, String out, boolean relay) {
    /** The rule in the words and the order in which {@code iptables -S} says it. */
    List<String> rule(MeshSelf self) {
      List<String> words = new ArrayList<>();
      if (relay) {
        words.addAll(List.of("-s", self.pool(), "-d", self.pool()));
      }
      words.addAll(List.of("-i", in, "-o", out, "-j", "ACCEPT"));
      return words;
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
    letDockerPass(self);
  }

  private static void letDockerPass(MeshSelf self) {
    Command.Result chain = Command.run(LIMIT, "iptables", "-w", "5", "-S", USER_CHAIN);
    if (!chain.ok()) {
      // Docker makes it when it starts, and keeps one that is there already.
      Tool.must("iptables", "-w", "5", "-N", USER_CHAIN);
    }
    List<String> present = chain.out().lines().map(String::strip).toList();
    for (Passage passage : PASSAGES) {
      List<String> rule = passage.rule(self);
      if (!present.contains("-A " + USER_CHAIN + " " + String.join(" ", rule))) {
        List<String> argv = new ArrayList<>(List.of("iptables", "-w", "5", "-I", USER_CHAIN, "1"));
        argv.addAll(rule);
        Tool.must(argv.toArray(String[]::new));
      }
    }
  }
}
