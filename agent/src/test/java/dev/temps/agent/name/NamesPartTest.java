package dev.temps.agent.name;

import static dev.temps.agent.name.Places.address;
import static dev.temps.agent.name.Places.db;
import static dev.temps.agent.name.Places.here;
import static dev.temps.agent.name.Places.member;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.unit.UnitSignal;
import dev.temps.agent.unit.testing.FakeUnits;
import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.Condition;
import dev.temps.contract.agent.PeerObservation;
import dev.temps.contract.agent.ServiceSpec;
import dev.temps.kit.testing.FakeTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamesPartTest {
  private static final Duration LOOK = Duration.ofSeconds(6);

  @TempDir Path temp;
  private final FakeTime time = new FakeTime();
  private final FakeUnits units = new FakeUnits();
  private final FakeDnsmasq dnsmasq = new FakeDnsmasq(units);
  private final FakeForwarding forwarding = new FakeForwarding();
  private final AtomicInteger changes = new AtomicInteger();
  private @Nullable Here here = here(1, null);
  private List<PeerObservation> peers = List.of();
  private Set<String> down = Set.of();
  private long revision;

  private NamesPart part() {
    NamesPart made =
        new NamesPart(
            new NamesPart.Senses(() -> here, () -> peers, () -> down),
            new NamePlaces(temp.resolve("names")),
            forwarding,
            units,
            dnsmasq,
            time);
    made.onChange(changes::incrementAndGet);
    return made;
  }

  private void assign(NamesPart part, ServiceSpec... services) throws IOException {
    revision++;
    part.assign(new Assignment.Names(revision, "h" + revision, List.of(services)));
    part.step();
  }

  private void look(NamesPart part) throws IOException {
    time.advance(LOOK);
    part.step();
  }

  private String hosts() throws IOException {
    return Files.readString(temp.resolve("names/hosts"));
  }

  private String table() {
    return requireNonNull(forwarding.standing).transaction();
  }

  private static String trouble(NamesPart part) {
    Condition names = part.conditions().getFirst();
    assertEquals("names", names.name());
    assertEquals(names.ok(), names.detail().isEmpty());
    return names.detail();
  }

  @Test
  void packetsAndNamesFollowTheAssignment() throws IOException {
    NamesPart part = part();
    assign(part, db(member(2, 10)));
    assertTrue(table().contains("10.208.17.10"));
    assertTrue(hosts().contains("10.223.0.4 db.shop.temps.internal\n"));
    assertTrue(units.status(DnsUnit.UNIT).running());
    assertEquals(1, part.appliedRevision());
    assertEquals("", trouble(part));
  }

  @Test
  void aUdpPortThatAProgramHasStaysItsOwnAndIsTold() throws IOException {
    ServiceSpec.Member game =
        new ServiceSpec.Member(
            "i-1", address(1, 10), "n-1", null, List.of(new ServiceSpec.UdpPort(1194, 53)));
    forwarding.held.putAll(Map.of(1194, "openvpn (pid 7)", 123, "chronyd (pid 8)"));
    NamesPart part = part();
    assign(part, db(game));
    assertFalse(table().contains("udp_1194"), table());
    assertEquals(
        "UDP port 1194 does not lead to its app on this node: openvpn (pid 7) has it."
            + " Stop that program, or expose another port.",
        trouble(part));
    assertEquals(1, part.appliedRevision());
    forwarding.held.clear();
    look(part);
    assertTrue(table().contains("dnat to 10.208.16.10:53"), table());
    assertEquals("", trouble(part));
  }

  @Test
  void theRunningDnsmasqIsToldOfOtherNamesAndOfNothingElse() throws IOException {
    NamesPart part = part();
    assign(part, db(member(2, 10)));
    assertEquals(List.of(), units.signals(DnsUnit.UNIT), "it has read them when it started");
    assign(part, db(member(3, 10)));
    assertEquals(List.of(UnitSignal.HUP), units.signals(DnsUnit.UNIT));
    assign(part, db(member(3, 10)));
    look(part);
    assertEquals(1, units.signals(DnsUnit.UNIT).size());
    assertEquals(2, forwarding.transactions);
  }

  @Test
  void theNextAgentTellsDnsmasqOnceInCaseThatThisOneDidNotComeToIt() throws IOException {
    assign(part(), db(member(2, 10)));
    NamesPart next = part();
    assign(next, db(member(2, 10)));
    look(next);
    assertEquals(List.of(UnitSignal.HUP), units.signals(DnsUnit.UNIT));
  }

  @Test
  void containersWaitForTheTableAndOnlyWhereNamesAreKnown() throws IOException {
    NamesPart part = part();
    assertTrue(part.missing().isEmpty(), "nobody has said anything of names");
    forwarding.broken = "nft failed";
    assign(part, db(member(2, 10)));
    assertTrue(part.missing().orElseThrow().contains("nft failed"));
    assertTrue(trouble(part).contains("nft failed"));
    assertEquals(-1, part.appliedRevision());
    forwarding.broken = null;
    int told = changes.get();
    look(part);
    assertTrue(part.missing().isEmpty());
    assertTrue(changes.get() > told, "those that wait are told");
    assertEquals(1, part.appliedRevision());
  }

  @Test
  void nothingIsDoneBeforeItIsKnownWhereTheNodeStands() throws IOException {
    here = null;
    NamesPart part = part();
    assign(part, db(member(2, 10)));
    assertEquals(0, forwarding.transactions);
    assertTrue(part.missing().isPresent());
  }

  @Test
  void withoutDnsmasqAddressesWorkAndThePackageIsNamed() throws IOException {
    dnsmasq.installed = false;
    NamesPart part = part();
    assign(part, db(member(2, 10)));
    assertTrue(trouble(part).contains("dnsmasq-base"), trouble(part));
    assertTrue(part.missing().isEmpty(), "containers don't wait for it");
    assertEquals(1, part.appliedRevision());
    dnsmasq.installed = true;
    look(part);
    assertEquals("", trouble(part));
    assertTrue(units.status(DnsUnit.UNIT).running());
  }

  @Test
  void whoHasThePortIsNamedAndDnsmasqStartsWhenItIsFree() throws IOException {
    dnsmasq.stranger = new Dnsmasq.Holder(77, "named (pid 77)");
    NamesPart part = part();
    assign(part, db(member(2, 10)));
    assertTrue(trouble(part).contains("named (pid 77)"), trouble(part));
    assertFalse(units.status(DnsUnit.UNIT).running());
    dnsmasq.stranger = null;
    look(part);
    assertTrue(units.status(DnsUnit.UNIT).running());
    look(part);
    assertEquals("", trouble(part));
  }

  @Test
  void aBridgeThatIsAwayIsNoTroubleOfNames() throws IOException {
    NamesPart part = part();
    assign(part, db(member(2, 10)));
    dnsmasq.bridge = false;
    look(part);
    assertEquals("", trouble(part));
  }

  @Test
  void aTableThatWasTornDownStandsAgain() throws IOException {
    NamesPart part = part();
    assign(part, db(member(2, 10)));
    forwarding.standing = null;
    look(part);
    assertTrue(table().contains("10.208.17.10"));
  }

  @Test
  void aNewContainerMeetsItselfWithoutWaitingForTheNextLook() throws IOException {
    NamesPart part = part();
    assign(part, db(member(1, 10)));
    forwarding.ports.add("veth1");
    part.step();
    assertEquals(List.of("veth1"), forwarding.meetingThemselves);
  }

  @Test
  void whatTheIngressFindsDownGetsNothingNewWithinASecond() throws IOException {
    NamesPart part = part();
    assign(part, db(member(2, 10), member(3, 10)));
    down = Set.of(address(2, 10));
    time.advance(Duration.ofSeconds(1));
    part.step();
    assertTrue(table().contains("mod 1 map { 0 : 10.208.18.10 }"), table());
    assertFalse(hosts().contains("10.208.17.10"));
    assertEquals(1, part.appliedRevision());
  }

  @Test
  void whoOnlyWaitsForAMemberThatServesNoMoreIsCut() throws IOException {
    NamesPart part = part();
    assign(part, db(member(2, 10), member(3, 10)));
    Flow gone = new Flow(address(1, 10), 40_000, "10.223.0.4", 5432, address(2, 10));
    Flow stays = new Flow(address(1, 10), 40_001, "10.223.0.4", 5432, address(3, 10));
    Flow other = new Flow(address(1, 10), 40_002, "192.0.2.7", 443, "192.0.2.7");
    forwarding.open.addAll(List.of(gone, stays, other));
    assign(part, db(member(3, 10)));
    assertEquals(List.of(stays, other), forwarding.open);
  }

  @Test
  void aSilentNodeGetsNothingNewAndTheControlPlaneNeedsNotSaySo() throws IOException {
    NamesPart part = part();
    assign(part, db(member(2, 10), member(3, 10)));
    peers = List.of(SilencesTest.peer("n-2", false));
    part.step();
    time.advance(Duration.ofSeconds(4));
    part.step();
    assertTrue(table().contains("mod 1 map { 0 : 10.208.18.10 }"), table());
    assertTrue(table().contains("10.223.0.4 . 10.208.17.10"), "what is open may go on");
    time.advance(Duration.ofSeconds(7));
    part.step();
    assertFalse(table().contains("10.208.17.10"), table());
    peers = List.of(SilencesTest.peer("n-2", true));
    part.step();
    assertTrue(table().contains("mod 2 map"), table());
  }
}
