package dev.temps.agent.identity;

import dev.temps.contract.agent.CaTrust;
import dev.temps.contract.json.Json;
import dev.temps.contract.tls.Contexts;
import dev.temps.contract.tls.Identity;
import dev.temps.contract.tls.OwnKey;
import dev.temps.contract.tls.PeerTrust;
import dev.temps.contract.tls.Pem;
import dev.temps.contract.tls.Vouching;
import dev.temps.kit.Problem;
import dev.temps.kit.Time;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * This node's identity as the agent uses it: certificate and CA bundle can be replaced while
 * everything runs. Thread-safe.
 */
public final class NodeIdentity {
  private final AgentFolder folder;
  private final NodeRecord node;
  private final IdentityKeys keys;
  private final OwnKey ownKey;
  private final Time time;
  private volatile List<X509Certificate> bundle;
  private volatile CaTrust trust;

  private NodeIdentity(
      AgentFolder folder, NodeRecord node, IdentityKeys keys, OwnKey ownKey, Time time) {
    this.folder = folder;
    this.node = node;
    this.keys = keys;
    this.ownKey = ownKey;
    this.time = time;
    this.bundle = List.of();
    this.trust = new CaTrust(List.of(), "");
  }

  /** Whether the folder belongs to a node already. */
  public static boolean exists(AgentFolder folder) {
    return Files.exists(folder.node());
  }

  /**
   * Reads the folder.
   *
   * @throws dev.temps.kit.ProblemException when this machine is no node or a file is damaged
   */
  public static NodeIdentity load(AgentFolder folder, Time time) {
    if (!exists(folder)) {
      throw Problem.of(
              "not-a-node",
              409,
              "This machine is not a node yet.",
              "There is no " + folder.node() + ".",
              "Run: temps join https://CONTROL-PLANE:8443")
          .raise();
    }
    try {
      NodeRecord node = Json.read(NodeRecord.class, Files.readString(folder.node()));
      IdentityKeys keys = IdentityKeys.load(folder);
      List<X509Certificate> chain = Pem.certificates(Files.readString(folder.certificate()));
      NodeIdentity identity =
          new NodeIdentity(folder, node, keys, new OwnKey(keys.identity(), chain), time);
      identity.trustOnly(Pem.certificates(Files.readString(folder.caBundle())));
      return identity;
    } catch (IOException | IllegalArgumentException e) {
      throw Problem.of(
              "identity-damaged",
              500,
              "The node's identity can't be read.",
              "In " + folder.root() + ": " + e,
              "Restore that folder, or remove it and join again with a new token.")
          .raise();
    }
  }

  /** Makes this machine a node: certificate and CA first, {@code node.json} last. */
  public static void save(AgentFolder folder, NodeRecord node, String certificate, String ca)
      throws IOException {
    AgentFolder.write(folder.certificate(), certificate);
    AgentFolder.write(folder.caBundle(), ca);
    AgentFolder.write(folder.node(), Json.write(node));
  }

  /**
   * Makes this machine a node that ran elsewhere before; {@code node.json} is written last.
   *
   * @param files of that node's folder, by name
   * @param controls where its agent finds the control plane now, besides over the mesh
   * @param advertise where peers reach this machine; empty: as it finds itself
   */
  public static void take(
      AgentFolder folder, Map<String, byte[]> files, List<String> controls, List<String> advertise)
      throws IOException {
    byte[] json = files.get(folder.node().getFileName().toString());
    if (json == null) {
      throw new IOException("the other machine's folder has no " + folder.node().getFileName());
    }
    folder.create();
    for (Path file :
        List.of(
            folder.identityKey(),
            folder.identityPublic(),
            folder.certificate(),
            folder.caBundle(),
            folder.wireguardKey())) {
      byte[] content = files.get(file.getFileName().toString());
      if (content == null) {
        throw new IOException("the other machine's folder has no " + file.getFileName());
      }
      AgentFolder.write(file, new String(content, StandardCharsets.UTF_8));
    }
    NodeRecord there = Json.read(NodeRecord.class, new String(json, StandardCharsets.UTF_8));
    NodeRecord here =
        new NodeRecord(
            there.cluster(),
            there.id(),
            there.name(),
            controls,
            there.mesh(),
            there.ingress(),
            advertise,
            there.wireguardPort());
    AgentFolder.write(folder.node(), Json.write(here));
  }

  /** What this machine knows of itself. */
  public NodeRecord node() {
    return node;
  }

  /** Its keys. */
  public IdentityKeys keys() {
    return keys;
  }

  /** The CA certificates trusted now. */
  public List<X509Certificate> caBundle() {
    return bundle;
  }

  /** From now on, and after a restart, these CAs are trusted. An empty bundle is refused. */
  public void replaceBundle(String pem) throws IOException {
    List<X509Certificate> fresh = Pem.certificates(pem);
    if (fresh.isEmpty()) {
      throw new IOException("an empty CA bundle would lock this node out; it was not taken");
    }
    AgentFolder.write(folder.caBundle(), pem);
    trustOnly(fresh);
  }

  private synchronized void trustOnly(List<X509Certificate> authorities) {
    if (authorities.isEmpty()) {
      throw new IllegalArgumentException("there is no CA in the bundle");
    }
    bundle = authorities;
    look();
  }

  /** Shows this certificate from now on, without a restart; same key. */
  public void replaceCertificate(String pem) throws IOException {
    List<X509Certificate> chain = Pem.certificates(pem);
    if (chain.isEmpty()) {
      throw new IOException("the renewed certificate is empty; the old one stays in use");
    }
    AgentFolder.write(folder.certificate(), pem);
    ownKey.replace(keys.identity(), chain);
    synchronized (this) {
      look();
    }
  }

  /** The CAs trusted now, and which of them signed this node's certificate. */
  public CaTrust trust() {
    return trust;
  }

  private void look() {
    List<X509Certificate> now = bundle;
    X509Certificate leaf = ownKey.leaf();
    String signer =
        now.stream()
            .filter(ca -> Vouching.signedBy(leaf, ca))
            .map(Pem::fingerprint)
            .findFirst()
            .orElse("");
    trust = new CaTrust(now.stream().map(Pem::fingerprint).toList(), signer);
  }

  /**
   * Whether half of the certificate's life is over, or another CA signs now: the first one of the
   * bundle.
   */
  public boolean renewalDue() {
    CaTrust now = trust;
    if (!now.signedBy().equals(now.trusted().getFirst())) {
      return true;
    }
    X509Certificate leaf = ownKey.leaf();
    Instant from = leaf.getNotBefore().toInstant();
    Duration life = Duration.between(from, leaf.getNotAfter().toInstant());
    return time.now().isAfter(from.plus(life.dividedBy(2)));
  }

  /** TLS towards, and from, the control plane of this cluster and nobody else. */
  public SSLContext controlContext() {
    Identity.Control control = new Identity.Control(node.cluster());
    return Contexts.of(ownKey, new PeerTrust(() -> bundle, control::equals, time::now, false));
  }

  /**
   * TLS towards, and from, other nodes of this cluster.
   *
   * @param accepted which, by id; asked at every handshake
   */
  public SSLContext peerContext(Predicate<String> accepted) {
    Predicate<Identity> peers =
        who ->
            who instanceof Identity.Node other
                && other.cluster().equals(node.cluster())
                && accepted.test(other.nodeId());
    return Contexts.of(ownKey, new PeerTrust(() -> bundle, peers, time::now, false));
  }
}
