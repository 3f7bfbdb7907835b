package dev.temps.control;

import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.Desired;
import dev.temps.contract.agent.Health;
import dev.temps.contract.agent.ObservedState;
import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.contract.agent.RegisterReply;
import dev.temps.contract.agent.Report;
import dev.temps.contract.agent.SessionReply;
import dev.temps.contract.agent.Traffic;
import dev.temps.contract.agent.WorkloadSpec;
import dev.temps.contract.api.ApiTokenCreated;
import dev.temps.contract.api.Serving;
import dev.temps.contract.json.Json;
import dev.temps.contract.tls.JoinToken;
import dev.temps.control.store.Database;
import dev.temps.control.testing.PaperAgent;
import dev.temps.control.testing.PaperMachine;
import dev.temps.control.testing.Person;
import dev.temps.control.workload.testing.FakeAgentGateway;
import dev.temps.kit.Ids;
import dev.temps.kit.Time;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The whole control plane on a loopback port, people with and without a token, and nodes that join
 * over the real wire but exist on paper only.
 */
final class ApiRig implements AutoCloseable {
  private static final Time TIME = Time.system();

  final FakeAgentGateway gateway = new FakeAgentGateway();
  final AppFloors floors;
  private final Database database;
  final Person owner;
  final Person stranger;
  private final Serving serving;
  private final ServeOptions options;
  private final String url;
  private final ControlPlane plane;
  private final Rooms rooms;
  private final List<PaperNode> nodes = new ArrayList<>();
  private final List<Person> people = new ArrayList<>();

  ApiRig(Path folder) {
    options =
        ServeOptions.in(folder.resolve("control"))
            .withAdvertise(List.of("127.0.0.1"))
            .withPort(Person.freePort())
            .withRelease(folder.resolve("none.tar.gz"), folder.resolve("home"));
    serving = ControlPlane.initialize(options, TIME, Ids.secure()).orElseThrow();
    AtomicReference<Rooms> below = new AtomicReference<>();
    AtomicReference<AppFloors> made = new AtomicReference<>();
    AtomicReference<Database> stores = new AtomicReference<>();
    plane =
        ControlPlane.start(
            options,
            TIME,
            Ids.secure(),
            rooms -> {
              AppFloors upper = new AppFloors(rooms, gateway);
              made.set(upper);
              stores.set(rooms.database());
              below.set(rooms);
              return upper;
            });
    rooms = Objects.requireNonNull(below.get());
    floors = Objects.requireNonNull(made.get());
    database = Objects.requireNonNull(stores.get());
    url = "https://127.0.0.1:" + plane.port();
    owner = Person.with(url, serving.caFingerprint(), serving.ownerToken());
    stranger = Person.with(url, serving.caFingerprint(), null);
  }

  /** A node that joined; it reports when told to. */
  final class PaperNode implements AutoCloseable {
    final String id;
    private final PaperAgent agent;
    private final SessionReply session;
    private long sequence;

    private PaperNode(PaperMachine machine, RegisterReply reply) {
      id = reply.nodeId();
      agent =
          PaperAgent.node(url, machine.keys.getPrivate(), reply.certificate(), reply.caBundle());
      session =
          Json.read(
              SessionReply.class,
              agent.post(Contract.SESSION, machine.session(TIME.millis())).body());
    }

    /** Reports that all it was assigned runs well. */
    void report() {
      send(next());
    }

    /** The same, and what its ingress answered. */
    void report(Traffic traffic) {
      send(PaperMachine.answering(next(), traffic));
    }

    private Report next() {
      List<ObservedWorkload> seen =
          floors.workloads().forNode(id).stream().map(PaperNode::well).toList();
      return PaperMachine.report(session.session(), ++sequence, true, TIME.millis(), seen);
    }

    private void send(Report report) {
      HttpResponse<String> answer = agent.post(Contract.REPORT, report);
      if (answer.statusCode() != 200) {
        throw new AssertionError(answer.body());
      }
    }

    private static ObservedWorkload well(WorkloadSpec spec) {
      boolean runs = spec.desired() == Desired.running;
      return new ObservedWorkload(
          spec.id(),
          runs ? ObservedState.running : ObservedState.stopped,
          runs ? Health.healthy : Health.unknown,
          null,
          null,
          0,
          spec.restartGeneration(),
          "docker",
          1);
    }

    @Override
    public void close() {
      agent.close();
    }
  }

  /** Lets a machine join and become ready. */
  PaperNode join() {
    PaperMachine machine = new PaperMachine(nodes.size() + 1);
    JoinToken token = ControlPlane.localInvitation(options, TIME, Ids.secure());
    try (PaperAgent first = PaperAgent.stranger(url, serving.caFingerprint())) {
      String name = "node-" + (nodes.size() + 1);
      HttpResponse<String> answer =
          first.post(
              Contract.REGISTER,
              machine.request(token.text().reveal(), TIME.millis(), r -> named(r, name)));
      PaperNode node = new PaperNode(machine, Json.read(RegisterReply.class, answer.body()));
      nodes.add(node);
      node.report();
      return node;
    }
  }

  private static dev.temps.contract.agent.RegisterRequest named(
      dev.temps.contract.agent.RegisterRequest r, String name) {
    return new dev.temps.contract.agent.RegisterRequest(
        r.contract(),
        r.version(),
        r.token(),
        r.publicKey(),
        r.signature(),
        r.wireguardKey(),
        r.wireguardPort(),
        name,
        r.endpoints(),
        r.labels(),
        r.ingress(),
        r.host(),
        r.clockMillis());
  }

  /** A node has shown up that follows another control plane. */
  void supersede(long epoch) {
    rooms.supersession().seen(epoch);
  }

  /** From now on that is the node's address on the mesh. */
  void onMesh(PaperNode node, String address) {
    database.change(
        h -> h.execute("UPDATE nodes SET mesh_address = ? WHERE id = ?", address, node.id));
    rooms.directory().refresh(node.id);
  }

  /** All nodes report. */
  void report() {
    nodes.forEach(PaperNode::report);
  }

  /** Calls as the owner; the answer must have that status. */
  String call(int status, String method, String path, String... body) {
    HttpResponse<String> answer = owner.call(method, path, body.length == 0 ? null : body[0]);
    if (answer.statusCode() != status) {
      throw new AssertionError(
          method + " " + path + " -> " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  /** Somebody with a new token, made from {@code body}. */
  Person person(String body) {
    String made = call(201, "POST", "/api/v1/tokens", body);
    return withToken(Json.read(ApiTokenCreated.class, made).token());
  }

  /** Somebody with that token. */
  Person withToken(String token) {
    Person person = Person.with(url, serving.caFingerprint(), token);
    people.add(person);
    return person;
  }

  /** The control plane's own store. */
  Database database() {
    return database;
  }

  String ownerToken() {
    return serving.ownerToken();
  }

  @Override
  public void close() {
    nodes.forEach(PaperNode::close);
    people.forEach(Person::close);
    owner.close();
    stranger.close();
    plane.close();
  }
}
