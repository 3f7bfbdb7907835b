package dev.temps.agent.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.MeshSelf;
import dev.temps.contract.agent.ProjectSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RulesetTest {
  private static final MeshSelf SELF = Meshes.self(1);
  private static final ProjectSpec SHOP =
      new ProjectSpec("p-s", "shop", List.of("10.208.16.10", "10.208.17.11"), List.of());

  private static Ruleset rules(@Nullable List<ProjectSpec> projects, String... machines) {
    return Ruleset.of(new WallPlan(SELF, List.of(machines), projects));
  }

  @Test
  void whoTalksToAContainerIsLookedAtBeforeWhatWasLetInOnce() {
    String text = rules(List.of(SHOP)).transaction();
    assertTrue(
        text.contains(
            """
              iifname "temps0" ip daddr 169.254.0.0/16 drop
              oifname "temps0" meta nfproto ipv4 jump projects
              ct state established,related accept
            """),
        text);
    assertTrue(text.contains("ip daddr vmap { 10.208.16.10 : goto p1_shop }"), text);
    assertTrue(text.contains("elements = { 10.208.16.10, 10.208.17.11 }"), text);
    assertTrue(text.contains("ip daddr 10.208.16.2 ip saddr & 0.0.0.255 == 0.0.0.2 accept"), text);
  }

  @Test
  void aMachineWithoutContainersLetsNobodyIn() {
    String text = rules(List.of()).transaction();
    assertFalse(text.contains("vmap"), text);
    assertTrue(text.contains("jump projects"), text);
  }

  @Test
  void whereNobodySaidWhoBelongsTogetherAllContainersReachEachOther() {
    String text = rules(null).transaction();
    assertFalse(text.contains("jump projects"), text);
    assertFalse(text.contains("MACHINES"), text);
  }

  @Test
  void containersDoNotReachTheControlPlaneOfAnotherMachineWhereverItIs() {
    assertTrue(
        rules(null, "10.99.0.12", "192.0.2.7")
            .transaction()
            .contains(
                "iifname \"temps0\" ip daddr { 10.99.0.12, 192.0.2.7 }"
                    + " tcp dport { 8443, 7443, 7444 } drop"));
  }

  @Test
  void theOutsideReachesContainersByDatagramsThatWereLedToThemOnly() {
    String text = rules(null).transaction();
    assertTrue(
        text.contains(
            """
              iifname != { "lo", "temps0", "temps-wg0" } oifname "temps0" meta l4proto udp \
            ct status dnat accept
              oifname "temps0" iifname != { "temps0", "temps-wg0" } drop
            """),
        text);
  }

  @Test
  void theMarkIsAnotherOneForOtherRulesOnly() {
    String mark = rules(List.of(SHOP)).mark();
    assertEquals(mark, rules(List.of(SHOP)).mark());
    assertNotEquals(mark, rules(null).mark());
    assertNotEquals(mark, rules(List.of()).mark());
    assertNotEquals(mark, rules(List.of(SHOP), "10.99.0.12").mark());
    assertTrue(rules(List.of(SHOP)).transaction().contains("chain " + mark + " {}"));
  }

  @Test
  void fiveThousandContainersAreAFileOfHundredsOfKilobytes() {
    List<ProjectSpec> all = new ArrayList<>();
    for (int project = 0; project < 100; project++) {
      List<String> addresses = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        addresses.add("10.208." + (16 + i) + "." + (10 + project));
      }
      all.add(new ProjectSpec("p-" + project, "p" + project, addresses, List.of()));
    }
    assertTrue(rules(all).transaction().length() < 200_000);
  }
}
