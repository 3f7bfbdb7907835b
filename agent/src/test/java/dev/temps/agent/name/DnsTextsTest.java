package dev.temps.agent.name;

import static dev.temps.agent.name.Places.db;
import static dev.temps.agent.name.Places.here;
import static dev.temps.agent.name.Places.member;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.ServiceSpec;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DnsTextsTest {
  private static final Here HERE = here(1, null);

  private static String hosts(ServiceSpec... services) {
    return HostsFile.of(ServingPlanner.plan(List.of(services), HERE, Health.WELL));
  }

  @Test
  void aServiceHasItsAddressAndAllItsMembersWhereverTheyAre() {
    assertEquals(
        """
        # Written by the Temps agent, overwritten by it.
        10.223.0.4 db.shop.temps.internal
        10.208.16.10 all.db.shop.temps.internal
        10.208.17.10 all.db.shop.temps.internal
        """,
        hosts(db(member(1, 10), member(2, 10))));
  }

  @Test
  void oneWithoutMembersKeepsItsAddress() {
    assertTrue(hosts(db()).endsWith("10.223.0.4 db.shop.temps.internal\n"));
  }

  @Test
  void whatIsNoNameIsNotWritten() {
    String text =
        hosts(
            new ServiceSpec("db\n10.0.0.1 bank.test", "shop", "10.223.0.4", List.of()),
            new ServiceSpec("db", "Shop", "10.223.0.5", List.of()));
    assertEquals(1, text.lines().count(), text);
  }

  @Test
  void dnsmasqListensOnTheBridgeOnlyAndAsksNobodyForOurs() {
    List<String> argv = DnsArguments.of(HERE.self(), Path.of("/names/hosts"));
    assertTrue(argv.contains("--listen-address=10.208.16.1"), argv.toString());
    assertTrue(argv.contains("--addn-hosts=/names/hosts"), argv.toString());
    assertTrue(argv.contains("--local=/temps.internal/"), argv.toString());
    assertTrue(argv.contains("--local=/208.10.in-addr.arpa/"), argv.toString());
    assertTrue(argv.contains("--local=/223.10.in-addr.arpa/"), argv.toString());
    assertFalse(argv.contains("--local=/224.10.in-addr.arpa/"), argv.toString());
  }
}
