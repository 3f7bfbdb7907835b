package dev.temps.agent.name;

import static dev.temps.agent.name.Places.address;
import static dev.temps.agent.name.Places.db;
import static dev.temps.agent.name.Places.here;
import static dev.temps.agent.name.Places.table;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.ServiceSpec;
import dev.temps.contract.agent.ServiceSpec.Member;
import dev.temps.contract.agent.ServiceSpec.UdpPort;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UdpPortsTest {
  private static final Here HERE = here(1, null);

  private static Member member(int node, int n, UdpPort... udp) {
    return new Member("i-" + node + "-" + n, address(node, n), "n-" + node, null, List.of(udp));
  }

  private static UdpPort port(int port, int target) {
    return new UdpPort(port, target);
  }

  @Test
  void aSenderIsLedToOneOfThisMachinesContainersAndStaysThere() {
    String text =
        table(
                HERE,
                db(
                    member(1, 10, port(5000, 53)),
                    member(1, 11, port(5000, 54)),
                    member(2, 12, port(5000, 53))))
            .transaction();
    assertTrue(
        text.contains(
            """
            chain udp_5000 {
              jhash ip saddr . udp sport mod 2 seed 1 0 dnat to 10.208.16.10:53
              jhash ip saddr . udp sport mod 2 seed 1 1 dnat to 10.208.16.11:54
            }
            """),
        text);
    assertTrue(
        text.contains(
            """
              type nat hook prerouting priority -110; policy accept;
              iifname != { "lo", "temps0", "temps-wg0" } ip daddr != 10.208.0.0/12 fib daddr type \
            local udp dport vmap { 5000 : goto udp_5000 }
            """),
        text);
    assertFalse(text.contains("10.208.17.12:"), text);
  }

  @Test
  void anotherTargetIsAnotherZoneAndTheSameOneStaysWhoeverIsBeside() {
    String one = zone(table(HERE, db(member(1, 10, port(5000, 53)))));
    String moved = zone(table(HERE, db(member(1, 10, port(5000, 54)))));
    String two =
        zone(table(HERE, db(member(1, 10, port(5000, 53)), member(1, 11, port(5000, 53)))));
    assertNotEquals(one, moved);
    assertEquals(one, two);
  }

  private static String zone(NameTable table) {
    return table
        .transaction()
        .lines()
        .filter(line -> line.contains(" seed 1 0 ct original zone set "))
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whereNobodyServesHereTheTableIsAsIfNothingWereExposed() {
    assertEquals("", chains(db()));
    assertEquals("", chains(db(member(1, 10), member(1, 11))));
    assertEquals("", chains(db(member(2, 10, port(5000, 53)))));
  }

  @Test
  void theMeshsOwnPortIsNeverGivenAway() {
    assertEquals("", chains(db(member(1, 10, port(51_820, 53)))));
  }

  @Test
  void aContainerThatIsDownIsNotLedTo() {
    ServiceSpec service = db(member(1, 10, port(5000, 53)), member(1, 11, port(5000, 53)));
    Health health = new Health(Set.of(address(1, 10)), Set.of(), Set.of());
    String text =
        UdpPorts.of(ServingPlanner.plan(List.of(service), HERE, health), HERE).chains(HERE);
    assertTrue(text.contains("mod 1 seed 1 0 dnat to 10.208.16.11:53"), text);
    assertFalse(text.contains("10.208.16.10"), text);
  }

  private static String chains(ServiceSpec service) {
    return UdpPorts.of(ServingPlanner.plan(List.of(service), HERE, Health.WELL), HERE).chains(HERE);
  }
}
