package dev.temps.control.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.tls.Contexts;
import dev.temps.contract.tls.Identity;
import dev.temps.contract.tls.OwnKey;
import dev.temps.contract.tls.PeerTrust;
import dev.temps.control.secret.CertificateAuthority;
import dev.temps.control.secret.Vault;
import dev.temps.control.store.Database;
import dev.temps.control.store.DatabaseConfig;
import dev.temps.kit.Ids;
import dev.temps.kit.Problem;
import dev.temps.kit.Time;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway over real mutual TLS. */
class MeshAgentGatewayTest extends AgentGatewayContract {
  private static final Time TIME = Time.system();
  private static final AgentAddress AGENT = new AgentAddress("n-2", "worker-2", "127.0.0.1");

  @TempDir Path folder;
  private CertificateAuthority authority;
  private PaperAgentApi server;
  private AgentGateway gateway;

  @BeforeEach
  void start() {
    try (Database database = Database.open(new DatabaseConfig.Sqlite(folder.resolve("temps.db")))) {
      Vault vault = Vault.open(folder.resolve("key"), database, TIME, Ids.secure(), null).vault();
      database.change(h -> CertificateAuthority.create(h, vault, "k-1", TIME));
      authority = database.read(h -> CertificateAuthority.load(h, vault, "k-1", TIME));
    }
    server = new PaperAgentApi(world, AGENT, nodeSide("n-2"), 0);
    gateway = new MeshAgentGateway(this::towards, server.port());
  }

  private SSLContext nodeSide(String nodeId) {
    KeyPair pair = CertificateAuthority.newKey();
    OwnKey own =
        new OwnKey(pair.getPrivate(), List.of(authority.issueNode(nodeId, pair.getPublic())));
    return Contexts.of(
        own,
        new PeerTrust(authority::bundle, Identity.Control.class::isInstance, TIME::now, false));
  }

  private SSLContext towards(String nodeId) {
    KeyPair pair = CertificateAuthority.newKey();
    OwnKey own =
        new OwnKey(
            pair.getPrivate(),
            List.of(authority.issueControl(List.of("127.0.0.1"), pair.getPublic())));
    Identity expected = new Identity.Node("k-1", nodeId);
    return Contexts.of(own, new PeerTrust(authority::bundle, expected::equals, TIME::now, false));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Override
  AgentGateway gateway() {
    return gateway;
  }

  @Override
  AgentAddress agent() {
    return AGENT;
  }

  @Override
  void cutOff() {
    server.close();
  }

  @Test
  void doesNotTalkToAnotherNodeAtThatAddress() {
    AgentAddress other = new AgentAddress("n-3", "worker-2", "127.0.0.1");
    unreachable(refused(() -> gateway.stats(other, "c-1")));
  }

  @Test
  void passesOnWhatTheAgentRefuses() {
    world.reachable("n-2", false); // the paper agent answers with a problem of its own
    Problem problem = refused(() -> gateway.stats(AGENT, "c-1"));
    assertEquals("agent-unreachable", problem.type());
    assertEquals("It is cut off.", problem.detail());
  }

  @Test
  void anAgentOfAnOlderReleaseIsToBeUpgradedFirst() {
    int port = server.port();
    server.close();
    server = new PaperAgentApi(world, AGENT, nodeSide("n-2"), port, /* runs= */ false);
    Problem problem = refused(() -> gateway.run(AGENT, once("cat"), new Ears()));
    assertEquals("agent-too-old", problem.type());
    assertTrue(problem.line().contains("temps upgrade --node worker-2"), problem.line());
    LogQuery all = new LogQuery(-1, null, false);
    Problem noLog = refused(() -> gateway.accessLog(AGENT, "web", all));
    assertEquals("agent-too-old", noLog.type());
  }

  @Test
  void goesOnAfterTheAgentRestarted() {
    assertEquals("c-1", gateway.stats(AGENT, "c-1").id());
    int port = server.port();
    server.close();
    server = new PaperAgentApi(world, AGENT, nodeSide("n-2"), port);
    assertEquals("c-1", gateway.stats(AGENT, "c-1").id());
  }
}
