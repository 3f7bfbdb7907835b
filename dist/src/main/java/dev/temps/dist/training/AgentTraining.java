package dev.temps.dist.training;

import dev.temps.agent.host.HostProbe;
import dev.temps.agent.identity.AgentFolder;
import dev.temps.agent.identity.IdentityKeys;
import dev.temps.agent.identity.NodeIdentity;
import dev.temps.agent.identity.NodeRecord;
import dev.temps.agent.journal.Journal;
import dev.temps.agent.runtime.EngineException;
import dev.temps.agent.runtime.docker.DockerRuntime;
import dev.temps.agent.session.AssignmentFollower;
import dev.temps.agent.session.ControlClient;
import dev.temps.agent.session.ControlUrls;
import dev.temps.agent.session.Session;
import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.HostFacts;
import dev.temps.contract.agent.RegisterReply;
import dev.temps.contract.agent.RegisterRequest;
import dev.temps.contract.json.Json;
import dev.temps.contract.tls.Contexts;
import dev.temps.contract.tls.FirstContact;
import dev.temps.kit.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An agent's first minutes against a control plane in another process: registration, session,
 * reports, assignment. Its machinery is left alone, because it would change this machine.
 */
final class AgentTraining {
  private static final int REPORTS = 3;
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Path scratch;
  private final Time time;

  AgentTraining(Path scratch, Time time) {
    this.scratch = scratch;
    this.time = time;
  }

  void run() throws IOException, InterruptedException {
    Ground ground = Json.read(Ground.class, Files.readString(scratch.resolve(Ground.FILE)));
    AgentFolder folder = new AgentFolder(scratch.resolve("agent"));
    HostProbe host = new HostProbe(Path.of("/"));
    HostFacts facts = host.facts("", "userspace", List::of);
    register(ground, folder, facts);
    NodeIdentity identity = NodeIdentity.load(folder, time);
    ControlClient client =
        new ControlClient(identity.controlContext(), new ControlUrls(List.of(ground.url())), time);
    Journal journal = Journal.open(folder.assignment(), time);
    Session session =
        new Session(
            client,
            new TrainingNode(facts, identity.keys().wireguardKey(), time),
            journal::epoch,
            time);
    for (int i = 0; i < REPORTS; i++) {
      session.changed();
      session.step();
    }
    System.err.println("session: " + session.state());
    new AssignmentFollower(
            client, journal, identity.node().cluster(), _ -> System.err.println("assigned"), time)
        .step();
    engine();
  }

  private void register(Ground ground, AgentFolder folder, HostFacts facts) throws IOException {
    IdentityKeys keys = IdentityKeys.ensure(folder);
    ControlClient first =
        new ControlClient(
            Contexts.of(null, FirstContact.trust(ground.pin(), time::now)),
            new ControlUrls(List.of(ground.url())),
            time);
    RegisterRequest request =
        new RegisterRequest(
            Contract.VERSION,
            "training",
            ground.joinToken(),
            keys.publicKey(),
            keys.sign(ground.joinToken()),
            keys.wireguardKey(),
            51_820,
            "training",
            List.of("192.0.2.1:51820"),
            Map.of(),
            true,
            facts,
            time.millis());
    RegisterReply reply =
        first.post(Contract.REGISTER, Json.write(request), RegisterReply.class, LIMIT);
    NodeRecord node =
        new NodeRecord(
            reply.cluster(),
            reply.nodeId(),
            reply.name(),
            List.of(ground.url()),
            reply.mesh(),
            true,
            List.of(),
            51_820);
    NodeIdentity.save(folder, node, reply.certificate(), reply.caBundle());
  }

  /** An engine that isn't there teaches the client's half. */
  private void engine() {
    try {
      new DockerRuntime(scratch.resolve("no-engine.sock"), time).engine();
    } catch (EngineException e) {
      System.err.println("engine: " + e.getMessage());
    }
  }
}
