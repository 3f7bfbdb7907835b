package dev.temps.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.RegisterReply;
import dev.temps.contract.agent.SessionReply;
import dev.temps.contract.api.Serving;
import dev.temps.contract.json.Json;
import dev.temps.contract.tls.JoinToken;
import dev.temps.control.audit.Actor;
import dev.temps.control.backup.Pieces;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeStore;
import dev.temps.control.operation.Kinds;
import dev.temps.control.operation.OperationStore;
import dev.temps.control.store.Database;
import dev.temps.control.store.DatabaseConfig;
import dev.temps.control.store.Settings;
import dev.temps.control.testing.PaperAgent;
import dev.temps.control.testing.PaperMachine;
import dev.temps.control.testing.Person;
import dev.temps.kit.Ids;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Secret;
import dev.temps.kit.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A control plane is lost and put back on another machine. */
class RestoreTest {
  private static final Time TIME = Time.system();
  private static final Ids IDS = Ids.secure();
  private static final List<String> STORE = List.of("temps.db", "serve.json", "master.key");

  @TempDir Path folder;
  private final PaperMachine first = new PaperMachine(1);
  private final PaperMachine second = new PaperMachine(2);
  private Serving serving;
  private RegisterReply one;
  private RegisterReply two;
  private Path snapshot;
  private ServeOptions options;
  private ServeOptions other;
  private final List<Restored.LostNode> placed = new ArrayList<>();

  @BeforeEach
  void aClusterOfTwoIsLost() throws IOException {
    options = in("control", "agent").withAdvertise(List.of("127.0.0.1", "cp.example.org"));
    serving = ControlPlane.initialize(options, TIME, IDS).orElseThrow();
    AtomicReference<Rooms> rooms = new AtomicReference<>();
    try (ControlPlane plane = started(options, rooms)) {
      String url = "https://127.0.0.1:" + plane.port();
      one = join(options, url, first);
      two = join(options, url, second);
      agent("agent", one.cluster(), one.nodeId());
      snapshot = folder.resolve("kept.snapshot");
      Files.copy(Objects.requireNonNull(rooms.get()).snapshots().take().file(), snapshot);
    }
    other = in("other", "other-agent");
  }

  private ServeOptions in(String control, String agent) {
    return ServeOptions.in(folder.resolve(control))
        .withPort(Person.freePort())
        .withRelease(folder.resolve("none.tar.gz"), folder.resolve("home"))
        .withAgentFolder(folder.resolve(agent));
  }

  private void agent(String name, String cluster, String id) throws IOException {
    Path agent = Files.createDirectories(folder.resolve(name));
    for (String file : List.of("identity.key", "identity.pub", "certificate.pem", "ca.pem")) {
      Files.writeString(agent.resolve(file), file + " of " + id);
    }
    Files.writeString(agent.resolve("wireguard.key"), "wireguard key of " + id);
    Files.writeString(
        agent.resolve("node.json"), "{\"cluster\":\"" + cluster + "\",\"id\":\"" + id + "\"}");
  }

  private static RegisterReply join(ServeOptions options, String url, PaperMachine machine) {
    JoinToken token = ControlPlane.localInvitation(options, TIME, IDS);
    try (PaperAgent stranger = PaperAgent.stranger(url, token.caFingerprint())) {
      return Json.read(
          RegisterReply.class,
          stranger
              .post(Contract.REGISTER, machine.request(token.text().reveal(), TIME.millis()))
              .body());
    }
  }

  private Restored restore(Path file) {
    return ControlPlane.restore(
        other, file, new Secret(serving.recoveryKey()), placed::add, TIME, IDS);
  }

  private String refusal(Path file) {
    ProblemException refusal = assertThrows(ProblemException.class, () -> restore(file));
    return refusal.problem().type();
  }

  private void nothingWritten() {
    STORE.forEach(f -> assertFalse(Files.exists(other.dataDir().resolve(f)), f));
    assertTrue(placed.isEmpty());
  }

  @Test
  void aSurvivingNodeIsPromotedAndAgentsFindTheirWay() throws IOException {
    agent("other-agent", two.cluster(), two.nodeId());
    Restored restored = restore(snapshot);
    assertEquals(Restored.Machine.promoted, restored.machine());
    assertEquals(2, restored.epoch());
    assertTrue(placed.isEmpty());
    try (ControlPlane plane = ControlPlane.start(other, TIME, IDS)) {
      String url = "https://127.0.0.1:" + plane.port();
      try (PaperAgent agent =
          PaperAgent.node(url, first.keys.getPrivate(), one.certificate(), one.caBundle())) {
        SessionReply session =
            Json.read(
                SessionReply.class,
                agent.post(Contract.SESSION, first.session(TIME.millis())).body());
        assertEquals(2, session.epoch());
        assertEquals(
            "https://" + two.mesh().address() + ":" + other.port(), session.controls().getFirst());
        assertTrue(session.controls().getLast().contains("cp.example.org"));
      }
      try (Person owner = Person.with(url, serving.caFingerprint(), serving.ownerToken())) {
        assertEquals(200, owner.call("GET", "/api/v1/status", null).statusCode());
      }
    }
  }

  @Test
  void aRotationOfTheCaGoesOnWithBothOfThem() throws IOException {
    AtomicReference<Rooms> rooms = new AtomicReference<>();
    Path halfway = folder.resolve("halfway.snapshot");
    Actor anna = new Actor("anna", "192.0.2.1");
    String fresh;
    try (ControlPlane _ = started(options, rooms)) {
      Rooms lower = Objects.requireNonNull(rooms.get());
      lower.ca().rotate(List.of(), anna);
      fresh = lower.ca().authorities().getLast().fingerprint();
      Files.copy(lower.snapshots().take().file(), halfway);
    }
    restore(halfway);
    try (ControlPlane _ = started(other, rooms)) {
      Rooms lower = Objects.requireNonNull(rooms.get());
      assertTrue(lower.authority().trusts(serving.caFingerprint()));
      assertTrue(lower.ca().running().isPresent());
      lower.ca().rotate(List.of(one.nodeId(), two.nodeId()), anna);
      lower.ca().step();
      assertEquals(fresh, lower.authority().fingerprint(), "its key came along");
    }
  }

  private static ControlPlane started(ServeOptions options, AtomicReference<Rooms> rooms) {
    return ControlPlane.start(
        options,
        TIME,
        IDS,
        below -> {
          rooms.set(below);
          return UpperFloors.none();
        });
  }

  @Test
  void aNewMachineTakesTheLostOnesPlaceWithItsKeys() {
    other = other.withAdvertise(List.of("192.0.2.7"));
    Restored restored = restore(snapshot);
    assertEquals(Restored.Machine.replaced, restored.machine());
    Restored.LostNode lost = placed.getFirst();
    assertEquals(
        "wireguard key of " + one.nodeId(),
        new String(
            Objects.requireNonNull(lost.files().get("wireguard.key")), StandardCharsets.UTF_8));
    assertEquals("node.json", List.copyOf(lost.files().keySet()).getLast());
    assertEquals(List.of("https://192.0.2.7:" + other.port()), lost.urls());
  }

  @Test
  void theEpochIsAboveWhatThisMachinesAgentHasSeen() throws IOException {
    agent("other-agent", two.cluster(), two.nodeId());
    Files.writeString(
        folder.resolve("other-agent/assignment.json"),
        "{\"cluster\":\"" + two.cluster() + "\",\"epoch\":6,\"controls\":[]}");
    assertEquals(7, restore(snapshot).epoch());
  }

  @Test
  void damageOfAnyKindIsRefusedAndNothingIsWritten() throws IOException {
    byte[] whole = Files.readAllBytes(snapshot);
    Path bad = folder.resolve("bad.snapshot");
    Files.write(bad, Arrays.copyOf(whole, whole.length / 2));
    assertEquals("snapshot-damaged", refusal(bad));
    byte[] flipped = whole.clone();
    flipped[whole.length - 40] ^= 1;
    Files.write(bad, flipped);
    assertEquals("snapshot-damaged", refusal(bad));
    Files.writeString(bad, "not a snapshot at all");
    assertEquals("snapshot-foreign", refusal(bad));
    assertFalse(Files.exists(other.dataDir()));
    nothingWritten();
  }

  @Test
  void anotherRecoveryKeyOpensNothing() {
    ProblemException refusal =
        assertThrows(
            ProblemException.class,
            () ->
                ControlPlane.restore(
                    other, snapshot, new Secret("temps-recovery-x"), placed::add, TIME, IDS));
    assertEquals("invalid-recovery-key", refusal.problem().type());
    nothingWritten();
  }

  @Test
  void aMachineOfAnotherClusterRefuses() throws IOException {
    agent("other-agent", "c-other", "n-other");
    assertEquals("snapshot-of-another-cluster", refusal(snapshot));
    nothingWritten();
  }

  @Test
  void aMachineThatJoinedAfterTheSnapshotRefuses() throws IOException {
    agent("other-agent", two.cluster(), "n-younger");
    assertEquals("node-not-in-snapshot", refusal(snapshot));
    nothingWritten();
    agent("other-agent", two.cluster(), two.nodeId());
    assertEquals(2, restore(snapshot).epoch());
  }

  @Test
  void aDataDirectoryWithAClusterIsLeftAlone() throws IOException {
    restore(snapshot);
    byte[] key = Files.readAllBytes(other.dataDir().resolve("master.key"));
    assertEquals("data-directory-has-cluster", refusal(snapshot));
    assertEquals(
        Arrays.toString(key),
        Arrays.toString(Files.readAllBytes(other.dataDir().resolve("master.key"))));
  }

  @Test
  void aRestoreKilledHalfwayIsNoClusterAndIsRunAgain() throws IOException {
    Files.createDirectories(other.dataDir());
    Files.writeString(other.dataDir().resolve("restore.unfinished"), "");
    Files.writeString(other.dataDir().resolve("temps.db"), "half of it");
    Files.writeString(other.dataDir().resolve("temps.db-wal"), "of something else");
    for (Runnable start :
        List.<Runnable>of(
            () -> ControlPlane.initialize(other, TIME, IDS),
            () -> ControlPlane.start(other, TIME, IDS).close())) {
      ProblemException refusal = assertThrows(ProblemException.class, start::run);
      assertEquals("restore-unfinished", refusal.problem().type());
    }
    assertEquals(2, restore(snapshot).epoch());
    assertTrue(ControlPlane.initialize(other, TIME, IDS).isEmpty() || !placed.isEmpty());
    ControlPlane.start(other, TIME, IDS).close();
  }

  /** The program is dead: nothing in it goes on. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed(String step) {
      super("killed before " + step, null, false, false);
    }
  }

  /** Restores as {@code temps serve --restore} does, where {@code before} sees every step. */
  private Restored restore(Consumer<String> before) {
    return new Restore(other, before, TIME, IDS)
        .run(snapshot, new Secret(serving.recoveryKey()), lost -> take(lost, before));
  }

  private void take(Restored.LostNode lost, Consumer<String> before) {
    placed.add(lost);
    try {
      Files.createDirectories(other.agentFolder());
      for (Map.Entry<String, byte[]> file : lost.files().entrySet()) {
        before.accept("place " + file.getKey());
        Files.write(other.agentFolder().resolve(file.getKey()), file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Another machine: a node of the cluster, or one that will take the lost one's place. */
  private void machine(String name, boolean node) throws IOException {
    other = in(name, name + "-agent");
    if (node) {
      agent(name + "-agent", two.cluster(), two.nodeId());
    }
  }

  private void killedBefore(String step) {
    assertThrows(
        Killed.class,
        () ->
            restore(name -> {
              if (name.equals(step)) {
                throw new Killed(name);
              }
            }));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRestoreKilledBeforeAnyStepStartsNothingAndIsRunAgain(boolean node) throws IOException {
    List<String> steps = new ArrayList<>();
    machine("whole-" + node, node);
    restore(steps::add);
    assertEquals(List.of("mark", "unmark"), List.of(steps.getFirst(), steps.getLast()));
    assertEquals(steps.size(), Set.copyOf(steps).size(), "each has a name of its own");
    for (String step : steps) {
      machine(node + " " + step, node);
      killedBefore(step);
      killedBefore(step); // over what the first one left
      refusesToStart(!step.equals("mark"));
      Restored restored = restore(_ -> {});
      whole(restored, node ? two : one, step);
    }
    ControlPlane.start(other, TIME, IDS).close();
  }

  private void refusesToStart(boolean begun) {
    assertEquals(begun, ControlPlane.isIn(other.dataDir()), "a folder alone is none");
    if (begun) {
      for (Runnable start :
          List.<Runnable>of(
              () -> ControlPlane.initialize(other, TIME, IDS),
              () -> ControlPlane.start(other, TIME, IDS).close())) {
        ProblemException refusal = assertThrows(ProblemException.class, start::run);
        assertEquals("restore-unfinished", refusal.problem().type());
        assertTrue(refusal.problem().line().contains("temps serve --restore FILE"));
      }
    }
  }

  /** All pieces are there, nothing half, and what is told once is there once. */
  private void whole(Restored restored, RegisterReply node, String step) throws IOException {
    assertEquals(2, restored.epoch(), step);
    assertEquals(
        -1,
        Files.mismatch(
            options.dataDir().resolve("master.key"), other.dataDir().resolve("master.key")),
        step);
    try (Stream<Path> files = Files.list(other.dataDir())) {
      List<String> names = files.map(f -> f.getFileName().toString()).sorted().toList();
      assertEquals(List.of("lock", "master.key", "serve.json", "temps.db"), names, step);
    }
    try (Stream<Path> files = Files.list(other.agentFolder())) {
      assertEquals(Pieces.AGENT_FILES.size(), files.count(), step);
    }
    assertEquals(node.nodeId(), Pieces.LocalNode.in(other.agentFolder()).orElseThrow().id(), step);
    try (Database store =
        Database.open(new DatabaseConfig.Sqlite(other.dataDir().resolve("temps.db")))) {
      assertEquals("2", store.read(h -> Settings.get(h, FirstStart.EPOCH)), step);
      assertEquals(1, store.read(h -> OperationStore.running(h, Kinds.RESTORE)).size(), step);
      List<String> here =
          store.read(NodeStore::living).stream().filter(Node::controlPlane).map(Node::id).toList();
      assertEquals(List.of(node.nodeId()), here, step);
      // A minute's deployments may have come after the snapshot; others know their addresses.
      String count = "SELECT COUNT(*) FROM service_addresses WHERE environment_id IS NULL";
      assertEquals(
          16, store.read(h -> h.createQuery(count).mapTo(int.class).one()).intValue(), step);
    }
  }

  @Test
  void aRestoreThatWasTakenBackLeavesNoControlPlaneBehind() throws IOException {
    agent("other-agent", two.cluster(), "n-younger");
    assertEquals("node-not-in-snapshot", refusal(snapshot));
    assertTrue(Files.exists(other.dataDir()));
    assertFalse(ControlPlane.isIn(other.dataDir()), "else temps serve made a second cluster here");
    restoredBy(two);
    assertTrue(ControlPlane.isIn(other.dataDir()));
  }

  private void restoredBy(RegisterReply node) throws IOException {
    agent("other-agent", node.cluster(), node.nodeId());
    restore(snapshot);
  }

  @Test
  void whatCanNotBeWrittenIsTakenBack() {
    ProblemException refusal =
        assertThrows(
            ProblemException.class,
            () ->
                ControlPlane.restore(
                    other,
                    snapshot,
                    new Secret(serving.recoveryKey()),
                    _ -> {
                      throw dev.temps.kit.Problem.of("full", 507, "No room.", "", "").raise();
                    },
                    TIME,
                    IDS));
    assertEquals("full", refusal.problem().type());
    nothingWritten();
    assertEquals(2, restore(snapshot).epoch());
  }

  @Test
  void theOldControlPlaneRefusesItselfOnceANodeOfTheNewOneShowsUp() {
    ServeOptions old = in("control", "agent");
    for (int start = 0; start < 2; start++) {
      try (ControlPlane plane = ControlPlane.start(old, TIME, IDS)) {
        String url = "https://127.0.0.1:" + plane.port();
        try (PaperAgent agent =
                PaperAgent.node(url, second.keys.getPrivate(), two.certificate(), two.caBundle());
            Person owner = Person.with(url, serving.caFingerprint(), serving.ownerToken())) {
          // The first start learns it from a node, the second one knows.
          String answer =
              agent
                  .post(Contract.SESSION, second.sessionAfter(start == 0 ? 2 : 1, TIME.millis()))
                  .body();
          assertTrue(answer.contains("/problems/superseded"), answer);
          assertEquals(409, owner.call("POST", "/api/v1/node-tokens", "{}").statusCode());
          assertEquals(200, owner.call("GET", "/api/v1/status", null).statusCode());
        }
      }
    }
  }
}
