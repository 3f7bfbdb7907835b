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

  /** Lets datagrams in that a port of this machine led to a container, as {@code iptables} says. */
  public static final List<String> LED_DATAGRAMS =
      List.of(
          "! -i BRIDGE -o BRIDGE -p udp -m conntrack --ctstate DNAT -j ACCEPT"
              .replace("BRIDGE", MeshNames.BRIDGE)
              .split(" "));

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
  public void ensure(WallPlan plan) {
    KernelSettings.ensure();
    Ruleset rules = Ruleset.of(plan);
    if (!Tool.succeeds("nft", "list", "chain", "inet", "temps", rules.mark())) {
      Tool.feed(rules.transaction(), "nft", "-f", "-");
    }
    letDockerPass(plan.self());
  }

  private static void letDockerPass(MeshSelf self) {
    Command.Result chain = Command.run(LIMIT, "iptables", "-w", "5", "-S", USER_CHAIN);
    if (!chain.ok()) {
      // Docker makes it when it starts, and keeps one that is there already.
      Tool.must("iptables", "-w", "5", "-N", USER_CHAIN);
    }
    List<String> present = chain.out().lines().map(String::strip).toList();
    List<List<String>> rules = new ArrayList<>(PASSAGES.stream().map(p -> p.rule(self)).toList());
    rules.add(LED_DATAGRAMS);
    for (List<String> rule : rules) {
      if (!present.contains("-A " + USER_CHAIN + " " + String.join(" ", rule))) {
        List<String> argv = new ArrayList<>(List.of("iptables", "-w", "5", "-I", USER_CHAIN, "1"));
        argv.addAll(rule);
        Tool.must(argv.toArray(String[]::new));
      }
    }
  }
}
