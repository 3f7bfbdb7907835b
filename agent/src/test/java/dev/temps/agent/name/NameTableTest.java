package dev.temps.agent.name;

import static dev.temps.agent.name.Places.db;
import static dev.temps.agent.name.Places.here;
import static dev.temps.agent.name.Places.member;
import static dev.temps.agent.name.Places.table;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.ServiceSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NameTableTest {
  private static final Here HERE = here(1, null);

  @Test
  void aConnectionIsLedToOneOfTheMembers() {
    String text = table(HERE, db(member(2, 10), member(3, 11))).transaction();
    assertTrue(text.contains("ip daddr vmap { 10.223.0.4 : goto s_223_0_4 }"), text);
    assertTrue(
        text.contains("dnat to numgen random mod 2 map { 0 : 10.208.17.10, 1 : 10.208.18.11 }"),
        text);
    assertTrue(
        text.contains("elements = { 10.223.0.4 . 10.208.17.10, 10.223.0.4 . 10.208.18.11 }"), text);
    assertFalse(text.contains("SERVICES"), text);
    assertTrue(text.contains("ip daddr 10.223.0.0/16"), text);
  }

  @Test
  void whatGoesOnIsAskedBeforeAddressesAreTranslated() {
    String text = table(HERE, db(member(2, 10))).transaction();
    assertTrue(
        text.contains(
            """
            chain gate {
              ct state invalid drop
              ip daddr . ct reply ip saddr @open accept
              ct status ! dnat goto choosable
              tcp flags rst accept
              goto refused
            }
            """),
        text);
    assertTrue(text.contains("type filter hook prerouting priority -150"), text);
  }

  @Test
  void aMemberOfThisNodeMayBeLedToItself() {
    String text = table(HERE, db(member(1, 10), member(2, 10))).transaction();
    assertTrue(text.contains("elements = { 10.208.16.10 . 10.208.16.10 }"), text);
    assertTrue(text.contains("@selves snat to 10.208.16.1\n"), text);
    String elsewhere = table(HERE, db(member(2, 10))).transaction();
    assertFalse(elsewhere.contains("10.208.17.10 . 10.208.17.10"), elsewhere);
  }

  @Test
  void whereNobodyServesNothingIsChosenAndEverythingRefused() {
    String text = table(HERE, db()).transaction();
    assertFalse(text.contains("vmap"), text);
    assertFalse(text.contains("elements"), text);
    assertFalse(text.contains("DOORS"), text);
    assertFalse(text.contains("ZONES"), text);
    assertTrue(text.contains("reject with tcp reset"), text);
  }

  @Test
  void theMarkIsAnotherOneForOtherMembersOnly() {
    String mark = table(HERE, db(member(2, 10))).mark();
    assertEquals(mark, table(HERE, db(member(2, 10))).mark());
    assertNotEquals(mark, table(HERE, db(member(2, 11))).mark());
    assertNotEquals(mark, table(HERE, db()).mark());
    assertNotEquals(mark, table(HERE).mark());
    assertTrue(table(HERE, db(member(2, 10))).transaction().contains("chain " + mark + " {}"));
  }

  @Test
  void onlyConnectionsToWhoServesNoMoreAreCut() {
    NameTable both = table(HERE, db(member(2, 10), member(3, 10)));
    NameTable one = table(HERE, db(member(2, 10)));
    assertTrue(one.cutsSomeOf(both));
    assertFalse(both.cutsSomeOf(one));
    String line =
        "ipv4     2 tcp      6 431999 ESTABLISHED src=10.208.16.10 dst=10.223.0.4 sport=41234"
            + " dport=5432 src=10.208.18.10 dst=10.208.16.10 sport=5432 dport=41234 [ASSURED]"
            + " mark=0 zone=0 use=2";
    Flow flow = Flow.parse(line).orElseThrow();
    assertEquals("( src = 10.208.16.10:41234 and dst = 10.223.0.4:5432 )", flow.socket());
    assertTrue(one.cuts(flow));
    assertFalse(both.cuts(flow));
    assertFalse(one.cuts(Flow.parse(line.replace("10.223.0.4", "192.0.2.7")).orElseThrow()));
    assertTrue(Flow.parse(line.replace(" tcp ", " udp ")).isEmpty());
  }

  @Test
  void aThousandServicesOfThreeMembersAreAFileOfHundredsOfKilobytes() {
    List<ServiceSpec> all = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      String address = "10.223." + i / 250 + "." + i % 250;
      all.add(
          new ServiceSpec(
              "s" + i, "shop", address, List.of(member(1, 10), member(2, 10), member(3, 10))));
    }
    assertTrue(table(HERE, all.toArray(ServiceSpec[]::new)).transaction().length() < 400_000);
  }
}
