package dev.temps.agent.join;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.host.PortOwners;
import dev.temps.agent.identity.AgentFolder;
import dev.temps.agent.identity.NodeIdentity;
import dev.temps.agent.runtime.EngineInfo;
import dev.temps.agent.status.AgentStatus;
import dev.temps.agent.status.StatusFile;
import dev.temps.agent.testing.FakeControl;
import dev.temps.agent.testing.TestCa;
import dev.temps.agent.unit.UnitSignal;
import dev.temps.agent.unit.UnitSpec;
import dev.temps.agent.unit.UnitStatus;
import dev.temps.agent.unit.testing.FakeUnits;
import dev.temps.contract.agent.Contract;
import dev.temps.contract.tls.JoinToken;
import dev.temps.contract.tls.Pem;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Secret;
import dev.temps.kit.Time;
import dev.temps.kit.testing.FakeTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinTest {
  private final TestCa ca = new TestCa("k-test");
  private final FakeControl control = new FakeControl(ca);
  private final FakeMachine machine = new FakeMachine();
  private final List<String> said = new ArrayList<>();
  private final Units units = new Units();
  private Time time = Time.system();
  @TempDir Path temp;

  /** Units whose agent becomes ready as soon as it is started. */
  private final class Units implements dev.temps.agent.unit.Units {
    final FakeUnits units = new FakeUnits();
    int stopped;

    @Override
    public Outcome ensure(UnitSpec spec) {
      Outcome outcome = units.ensure(spec);
      writeReady();
      return outcome;
    }

    @Override
    public void restart(String name) {
      units.restart(name);
    }

    @Override
    public void signal(String name, UnitSignal signal) {
      units.signal(name, signal);
    }

    @Override
    public void stop(String name) {
      units.stop(name);
      stopped++;
    }

    @Override
    public UnitStatus status(String name) {
      return units.status(name);
    }
  }

  @AfterEach
  void close() {
    control.close();
  }

  private AgentFolder folder() {
    return new AgentFolder(temp.resolve("agent"));
  }

  private void writeReady() {
    String id = NodeIdentity.load(folder(), Time.system()).node().id();
    AgentStatus.Peer peer =
        new AgentStatus.Peer("worker-2", "10.208.0.3", true, true, 10, 700, "10.99.0.3:51820");
    AgentStatus status =
        new AgentStatus(
            1,
            id,
            "worker-1",
            "1",
            true,
            true,
            "s-1",
            control.url(),
            "",
            "",
            "",
            List.of(),
            List.of(peer),
            1);
    try {
      new StatusFile(temp.resolve("status.json"), Time.system()).write(status);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String token() {
    return token(ca);
  }

  private static String token(TestCa of) {
    String secret = "abcdefghjkmnpqrstvwxyz0123456789abcdefghjkmnpqrstvwx";
    return new JoinToken(new Secret(secret), Pem.fingerprint(of.certificate)).text().reveal();
  }

  private Joined join(String token) {
    JoinGround ground =
        new JoinGround(
            folder(),
            new StatusFile(temp.resolve("status.json"), Time.system()),
            machine,
            new PortOwners(temp),
            units,
            () -> new EngineInfo("20.10.24", "1.41", "amd64"),
            pid -> pid == 1,
            Path.of("/"));
    JoinOptions options =
        new JoinOptions(
            control.url(),
            token.isEmpty() ? null : new Secret(token),
            "worker-1",
            Map.of("zone", "a"),
            List.of("203.0.113.7"),
            true,
            false,
            List.of("/opt/temps/bin/temps", "agent"),
            "1.2.3");
    return new Join(ground, time).join(options, said::add);
  }

  private ProblemException refused(String token) {
    return assertThrows(ProblemException.class, () -> join(token));
  }

  @Test
  void aMachineBecomesANodeAndItsUnitRuns() {
    Joined joined = join(token() + "\n");
    assertEquals("n-1", joined.nodeId());
    assertFalse(joined.already());
    assertTrue(joined.table().contains("worker-2"));
    assertTrue(units.status(Join.UNIT).running());
    NodeIdentity identity = NodeIdentity.load(folder(), Time.system());
    assertEquals(List.of("203.0.113.7"), identity.node().advertise());
    assertEquals(
        "203.0.113.7:" + control.registrations.getFirst().wireguardPort(),
        control.registrations.getFirst().endpoints().getFirst());
    assertEquals(Map.of("zone", "a"), control.registrations.getFirst().labels());
  }

  @Test
  void runTwiceItChangesNothingAndSaysSo() throws IOException {
    join(token());
    String before = Files.readString(folder().node());
    Joined again = join(token());
    assertTrue(again.already());
    assertEquals(1, control.registrations.size());
    assertEquals(before, Files.readString(folder().node()));
    assertTrue(said.getLast().contains("node worker-1 already"));
    assertTrue(join("").already(), "a node needs no token to be told so");
  }

  @Test
  void aReplyThatIsLostIsGotAgainWithTheSameKey() {
    control.repliesToLose.set(1);
    join(token());
    assertEquals(2, control.registrations.size());
    assertEquals(
        control.registrations.get(0).publicKey(), control.registrations.get(1).publicKey());
  }

  @Test
  void interruptedAfterTheKeysWereMadeItGoesOnWithThem() {
    control.refusal = Problem.of("token-expired", 401, "The token has expired.", "at 12:00", "");
    assertEquals("token-expired", refused(token()).problem().type());
    assertFalse(NodeIdentity.exists(folder()));
    control.refusal = null;
    join(token());
    assertEquals(
        control.registrations.get(0).publicKey(), control.registrations.get(1).publicKey());
  }

  @Test
  void interruptedBeforeTheUnitRanItOnlyStartsIt() {
    join(token());
    units.stop(Join.UNIT);
    assertTrue(join(token()).already());
    assertTrue(units.status(Join.UNIT).running());
    assertEquals(1, control.registrations.size());
  }

  @Test
  void aTokenUsedByAnotherMachineIsRefusedInTheControlPlanesWords() throws IOException {
    join(token());
    for (Path file : List.of(folder().node(), folder().identityKey())) {
      Files.delete(file); // as on another machine with the same token
    }
    ProblemException refused = refused(token());
    assertEquals("token-used", refused.problem().type());
    assertEquals(409, refused.problem().status());
  }

  @Test
  void aNodeOfAnotherClusterIsRefusedAndTouchesNothing() {
    join(token());
    ProblemException refused = refused(token(new TestCa("k-other")));
    assertEquals("node-of-another-cluster", refused.problem().type());
    assertEquals(1, control.registrations.size());
  }

  @Test
  void aRemovedNodeJoinsAnewWithANewTokenAndNewKeys() {
    join(token());
    String oldKey = control.registrations.getFirst().publicKey();
    control.refusal = Problem.of("node-removed", 403, "This node was removed.", "by a person", "");
    assertEquals("invalid-join-token", refused("").problem().type());
    ProblemException still = refused(token()); // the fake refuses everything for now
    assertEquals("node-removed", still.problem().type());
    assertNotEquals(oldKey, control.registrations.getLast().publicKey());
    assertTrue(units.stopped >= 1);
    assertFalse(NodeIdentity.exists(folder()));
  }

  @Test
  void aServerOfAnotherClusterNeverSeesTheToken() {
    ProblemException refused = refused(token(new TestCa("k-other")));
    assertEquals("machine-not-ready", refused.problem().type());
    assertTrue(refused.problem().detail().contains("another cluster"));
    assertTrue(control.registrations.isEmpty());
    assertFalse(Files.exists(folder().root()), "nothing is written before the machine is fit");
  }

  @Test
  void aMissingProgramIsToldBeforeAnythingIsWritten() {
    machine.programs.remove("nft");
    ProblemException refused = refused(token());
    assertEquals("machine-not-ready", refused.problem().type());
    assertFalse(Files.exists(folder().root()));
  }

  @Test
  void aClockThatIsAnHourOffIsRefusedWithTheDistance() {
    time = new FakeTime(Instant.now().plusSeconds(3_600));
    ProblemException refused = refused(token());
    assertTrue(
        refused.problem().detail().matches("(?s).*clock: It is (3599|3600|3601) s ahead.*"),
        refused.problem().detail());
  }

  @Test
  void aControlPlaneThatStaysAwayIsToldAfterAMinute() {
    control.close();
    time = new FakeTime(Instant.now());
    ProblemException refused = refused(token());
    assertTrue(refused.problem().detail().contains("does not answer"));
    assertTrue(said.getFirst().contains("Trying again"));
  }

  @Test
  void oddInputIsRefusedAtOnce() {
    assertEquals("invalid-join-token", refused("temps1_x").problem().type());
    assertEquals("invalid-join-token", refused("").problem().type());
    for (String url : List.of("http://h:8443", "https://h:8443/x?y", "$(id)", "https://")) {
      assertThrows(ProblemException.class, () -> ControlUrl.parse(url), url);
    }
    assertEquals("https://h:8443", ControlUrl.parse("h"));
    assertEquals("https://h:9000", ControlUrl.parse("https://h:9000/"));
    assertEquals(
        "https://[2001:db8::7]:" + Contract.CONTROL_PORT, ControlUrl.parse("[2001:db8::7]"));
  }
}
