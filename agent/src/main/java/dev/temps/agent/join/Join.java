package dev.temps.agent.join;

import dev.temps.agent.host.Endpoints;
import dev.temps.agent.host.HostProbe;
import dev.temps.agent.host.OwnAddresses;
import dev.temps.agent.identity.IdentityKeys;
import dev.temps.agent.identity.NodeIdentity;
import dev.temps.agent.identity.NodeRecord;
import dev.temps.agent.mesh.MeshNames;
import dev.temps.agent.mesh.UdpPort;
import dev.temps.agent.runtime.EngineException;
import dev.temps.agent.status.AgentStatus;
import dev.temps.agent.unit.UnitSpec;
import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.HostFacts;
import dev.temps.contract.agent.RegisterReply;
import dev.temps.contract.agent.RegisterRequest;
import dev.temps.contract.tls.JoinToken;
import dev.temps.kit.Name;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Secret;
import dev.temps.kit.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes this machine a node. Every step finds what the one before left on disk: run twice it
 * changes nothing, interrupted anywhere it is finished by running it again.
 */
public final class Join {
  /** Name of the agent's unit. */
  public static final String UNIT = "temps-agent";

  private final JoinGround ground;
  private final Preflight preflight;
  private final Membership membership;
  private final Registering registering;
  private final Time time;

  Join(JoinGround ground, Time time) {
    this.ground = ground;
    this.preflight = new Preflight(ground.machine(), ground.owners(), ground.engine());
    this.membership = new Membership(ground.folder(), time);
    this.registering = new Registering(time);
    this.time = time;
  }

  /**
   * Joins this machine and returns when it is ready.
   *
   * @throws ProblemException with what, where, why and what next, whatever went wrong
   */
  public static Joined run(JoinOptions options, Console console) {
    Time time = Time.system();
    return new Join(JoinGround.ofThisMachine(time), time).join(options, console);
  }

  /**
   * Installs what is missing if that is wished, and looks whether this machine could be a node.
   *
   * @throws ProblemException 422 {@code machine-not-ready} with all that is missing
   */
  public static void prepare(JoinOptions options, Console console) {
    Time time = Time.system();
    JoinGround ground = JoinGround.ofThisMachine(time);
    if (options.install()) {
      new Installer(ground.machine()).install(options.ingress(), console);
    }
    Preflight preflight = new Preflight(ground.machine(), ground.owners(), ground.engine());
    Preflight.insist(preflight.findings(options.ingress()));
  }

  Joined join(JoinOptions options, Console console) {
    try {
      return steps(options, console);
    } catch (IOException e) {
      throw Problem.of(
              "join-io",
              500,
              "A file could not be read or written.",
              String.valueOf(e),
              "Look at the disk and at " + ground.folder().root() + ", then run it again.")
          .raise();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(
          Problem.of("interrupted", 500, "The join was interrupted.", "", "Run it again."), e);
    }
  }

  private Joined steps(JoinOptions options, Console console)
      throws IOException, InterruptedException {
    String url = ControlUrl.parse(options.url());
    if (options.name() != null) {
      Name.parse("node name", options.name());
    }
    options.advertise().forEach(a -> Endpoints.parse(a, MeshNames.WIREGUARD_PORT));
    Secret text = options.token();
    JoinToken token = text == null ? null : JoinToken.parse(text.reveal());
    if (NodeIdentity.exists(ground.folder())) {
      NodeIdentity identity = NodeIdentity.load(ground.folder(), time);
      if (token != null) {
        Membership.insistOnSameCluster(identity, token);
      }
      if (!membership.removed(identity)) {
        console.progress("this machine is node " + identity.node().name() + " already");
        return finish(identity.node(), true, options, console);
      }
      console.progress("node " + identity.node().name() + " was removed; it joins anew");
      insist(token);
      ground.units().stop(UNIT);
      membership.forget();
    }
    return finish(register(url, insist(token), options, console), false, options, console);
  }

  private static JoinToken insist(@Nullable JoinToken token) {
    if (token == null) {
      throw Problem.invalid(
              "join-token",
              "There is none.",
              "Give it with --token-file, TEMPS_JOIN_TOKEN, or - to read it from standard input;"
                  + " make one with: temps node token create")
          .raise();
    }
    return token;
  }

  private NodeRecord register(String url, JoinToken token, JoinOptions options, Console console)
      throws IOException, InterruptedException {
    FirstCall call = new FirstCall(url, token, time);
    if (options.install()) {
      new Installer(ground.machine()).install(options.ingress(), console);
    }
    Duration ahead = patientClock(call, console);
    Preflight.insist(preflight.findings(options.ingress(), () -> ahead(call, ahead)));
    IdentityKeys keys = IdentityKeys.ensure(ground.folder()); // on disk before we are heard of
    RegisterRequest request = request(token, keys, options, ground, time);
    RegisterReply reply = registering.patiently(() -> call.register(request), console);
    Registering.check(reply, request, token);
    NodeRecord node =
        new NodeRecord(
            reply.cluster(),
            reply.nodeId(),
            reply.name(),
            reply.controls(),
            reply.mesh(),
            options.ingress(),
            options.advertise(),
            reply.mesh().port());
    NodeIdentity.save(ground.folder(), node, reply.certificate(), reply.caBundle());
    console.progress(
        "registered as node " + node.name() + ", mesh address " + node.mesh().address());
    return node;
  }

  /** Waits for a control plane that is away; null leaves the words to the findings. */
  private @Nullable Duration patientClock(FirstCall call, Console console)
      throws InterruptedException {
    try {
      return registering.patiently(call::clockAhead, console);
    } catch (ProblemException e) {
      return null; // Asked once more among the findings, so that all are told at once.
    }
  }

  private static Duration ahead(FirstCall call, @Nullable Duration known) {
    return known == null ? call.clockAhead() : known;
  }

  /** Options of a join that wishes nothing, for a rehearsal. */
  static JoinOptions plain(String url, JoinToken token) {
    return new JoinOptions(
        url, token.text(), null, Map.of(), List.of(), true, false, List.of(), "training");
  }

  static RegisterRequest request(
      JoinToken token, IdentityKeys keys, JoinOptions options, JoinGround ground, Time time) {
    int port = UdpPort.firstFree(MeshNames.WIREGUARD_PORT);
    String text = token.text().reveal();
    return new RegisterRequest(
        Contract.VERSION,
        options.version(),
        text,
        keys.publicKey(),
        keys.sign(text),
        keys.wireguardKey(),
        port,
        options.name(),
        Endpoints.of(options.advertise(), OwnAddresses.list(), port),
        options.labels(),
        options.ingress(),
        host(ground),
        time.millis());
  }

  private static HostFacts host(JoinGround ground) {
    HostProbe host = new HostProbe(ground.root());
    String wireguard = host.hasModule("wireguard") ? "kernel" : "userspace";
    return host.facts(engineVersion(ground), wireguard, OwnAddresses::list);
  }

  private static String engineVersion(JoinGround ground) {
    try {
      return ground.engine().get().version();
    } catch (EngineException e) {
      return ""; // It answered a moment ago; the agent will tell.
    }
  }

  private Joined finish(NodeRecord node, boolean already, JoinOptions options, Console console)
      throws InterruptedException {
    ground.units().ensure(UnitSpec.always(UNIT, options.agentCommand()));
    ReadyWait wait = new ReadyWait(ground.status(), ground.alive(), time);
    AgentStatus status = wait.await(node.id(), console);
    return new Joined(
        node.cluster(), node.id(), node.name(), node.mesh().address(), already, status.peers());
  }
}
