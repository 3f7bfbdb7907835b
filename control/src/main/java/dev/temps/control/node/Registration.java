package dev.temps.control.node;

import dev.temps.contract.agent.RegisterRequest;
import dev.temps.contract.tls.JoinToken;
import dev.temps.control.audit.Actor;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.secret.Hashes;
import dev.temps.control.store.Database;
import dev.temps.kit.Ids;
import dev.temps.kit.Name;
import dev.temps.kit.Time;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Lets invited machines in. One transaction binds the token to the machine's key and makes the
 * node, so that of two machines with one token exactly one gets in, and a machine whose answer was
 * lost gets the same answer again. Thread-safe.
 */
public final class Registration {
  private static final int NAME_TRIES_MAX = 1_000;

  private final Database database;
  private final AuditLog audit;
  private final Time time;
  private final Ids ids;
  private final Predicate<String> ownCa;

  /** Lets machines into the cluster; {@code ownCa} knows the fingerprints of its CAs. */
  public Registration(
      Database database, AuditLog audit, Time time, Ids ids, Predicate<String> ownCa) {
    this.database = database;
    this.audit = audit;
    this.time = time;
    this.ids = ids;
    this.ownCa = ownCa;
  }

  /**
   * A machine that is in.
   *
   * @param again whether this key had registered before
   */
  public record Registered(Node node, boolean again) {}

  /**
   * Registers a machine.
   *
   * @param source address the request came from; the last endpoint candidate
   * @throws dev.temps.kit.ProblemException each reason not to with a type of its own
   */
  public Registered register(RegisterRequest request, String source) {
    JoinToken token = JoinToken.parse(request.token());
    if (!ownCa.test(token.caFingerprint())) {
      throw Refusals.tokenOfAnotherCluster();
    }
    RegistrationRules.check(request, time.millis());
    String wished = request.name() == null ? null : Name.parse("node name", request.name()).value();
    String hash = Hashes.of(token.secret());
    return database.write(handle -> register(handle, request, hash, wished, source));
  }

  private Registered register(
      Handle handle, RegisterRequest request, String hash, @Nullable String wished, String source) {
    Invitation invitation =
        InvitationStore.byHash(handle, hash).orElseThrow(Refusals::tokenUnknown);
    String key = request.publicKey();
    Optional<Node> known = NodeStore.byKey(handle, key);
    if (invitation.usedKey() == null) {
      requireOpen(invitation);
    } else if (!invitation.usedKey().equals(key)) {
      throw Refusals.tokenUsed(
          userOf(handle, invitation), invitation.usedAt() == null ? 0 : invitation.usedAt());
    } else if (known.isEmpty()) {
      throw removedOr(handle, key);
    }
    requireOwnWireguardKey(handle, request, known);
    Node node =
        known.isPresent()
            ? again(handle, known.get(), request, source)
            : admit(handle, request, invitation, wished, source);
    if (invitation.usedKey() == null) {
      // Cannot fail: it was read as open in this very transaction.
      InvitationStore.bind(handle, invitation.id(), key, node.id(), time.millis());
    }
    return new Registered(node, known.isPresent());
  }

  private void requireOpen(Invitation invitation) {
    long now = time.millis();
    switch (invitation.state(now)) {
      case revoked ->
          throw Refusals.tokenRevoked(
              invitation.revokedAt() == null ? now : invitation.revokedAt());
      case expired -> throw Refusals.tokenExpired(invitation.expiresAt());
      case open, used -> {}
    }
  }

  private static String userOf(Handle handle, Invitation invitation) {
    String id = invitation.usedNode();
    return id == null ? "?" : NodeStore.byId(handle, id).map(Node::name).orElse(id);
  }

  private static RuntimeException removedOr(Handle handle, String key) {
    return NodeStore.removedByKey(handle, key)
        .map(n -> Refusals.removed(n.name(), n.removedAt() == null ? 0 : n.removedAt()))
        .orElseGet(Refusals::tokenUnknown);
  }

  private static void requireOwnWireguardKey(
      Handle handle, RegisterRequest request, Optional<Node> known) {
    NodeStore.byWireguardKey(handle, request.wireguardKey())
        .filter(other -> known.isEmpty() || !other.id().equals(known.get().id()))
        .ifPresent(other -> {
          throw Refusals.wireguardKeyTaken(other.name());
        });
  }

  private static Node again(Handle handle, Node known, RegisterRequest request, String source) {
    Node.Facts facts = facts(request, source, known.bootId());
    if (facts.equals(known.facts())) {
      return known;
    }
    Node next = known.observed(facts);
    NodeStore.update(handle, next);
    return NodeStore.byId(handle, known.id()).orElse(next);
  }

  private Node admit(
      Handle handle,
      RegisterRequest request,
      Invitation invitation,
      @Nullable String wished,
      String source) {
    int index = nextIndex(handle, invitation.local());
    Map<String, String> labels = new TreeMap<>(request.labels());
    labels.putAll(invitation.labels());
    Node.Facts facts = facts(request, source, null);
    Node node =
        new Node(
            ids.next("n"),
            nameFor(handle, wished == null ? invitation.name() : wished, request),
            index,
            MeshNumbers.nodeAddress(index),
            MeshNumbers.subnet(index),
            request.publicKey(),
            facts.wireguardKey(),
            facts.wireguardPort(),
            facts.endpoints(),
            Availability.active,
            Labels.checked(labels),
            Map.of(),
            facts.ingress(),
            invitation.local(),
            facts.host(),
            facts.version(),
            facts.contract(),
            null,
            time.millis(),
            null,
            null,
            null,
            1);
    NodeStore.insert(handle, node);
    audit.done(handle, new Actor("node " + node.name(), source), "node.join", node.id());
    return node;
  }

  private static Node.Facts facts(RegisterRequest request, String source, @Nullable String bootId) {
    return new Node.Facts(
        request.wireguardKey(),
        request.wireguardPort(),
        Endpoints.withSeen(request.endpoints(), source, request.wireguardPort()),
        request.ingress(),
        request.host(),
        request.version(),
        request.contract(),
        bootId);
  }

  /** 1 is kept for the control plane's own machine; no number is ever given twice. */
  private static int nextIndex(Handle handle, boolean local) {
    if (local && !NodeStore.hasIndex(handle, 1)) {
      return 1;
    }
    int next = Math.max(NodeStore.highestIndex(handle), 1) + 1;
    if (next > MeshNumbers.INDEX_MAX) {
      throw Refusals.full();
    }
    return next;
  }

  private static String nameFor(Handle handle, @Nullable String wished, RegisterRequest request) {
    if (wished != null) {
      if (NodeStore.byName(handle, wished).isPresent()) {
        throw Refusals.nameTaken(wished);
      }
      return wished;
    }
    String base = RegistrationRules.slug(request.host().hostname());
    for (int i = 1; i <= NAME_TRIES_MAX; i++) {
      String name = i == 1 ? base : base + "-" + i;
      if (NodeStore.byName(handle, name).isEmpty()) {
        return name;
      }
    }
    throw Refusals.nameTaken(base);
  }
}
