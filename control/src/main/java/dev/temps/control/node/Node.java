package dev.temps.control.node;

import dev.temps.contract.agent.HostFacts;
import dev.temps.contract.agent.MeshSelf;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A machine as the store holds it.
 *
 * @param meshIndex 1 for the control plane's own machine, never used again
 * @param subnet its containers' network
 * @param identityKey base64 SubjectPublicKeyInfo
 * @param endpoints {@code ip:port} candidates, best first
 * @param taints what keeps workloads off; see {@link Taints}
 * @param controlPlane whether the control plane runs on this machine
 * @param bootId of its last session, null before the first
 * @param firstReadyAt wall clock, null if its mesh was never proven
 * @param lastReportAt wall clock as of its last change of liveness; see {@link NodeMonitor}
 * @param removedAt wall clock, null while it is in the cluster
 * @param version raised by every change, for compare-and-set
 */
public record Node(
    String id,
    String name,
    int meshIndex,
    String meshAddress,
    String subnet,
    String identityKey,
    String wireguardKey,
    int wireguardPort,
    List<String> endpoints,
    Availability availability,
    Map<String, String> labels,
    Map<String, String> taints,
    boolean ingress,
    boolean controlPlane,
    HostFacts host,
    String agentVersion,
    int contractVersion,
    @Nullable String bootId,
    long joinedAt,
    @Nullable Long firstReadyAt,
    @Nullable Long lastReportAt,
    @Nullable Long removedAt,
    long version) {

  private static final String ZONE = "zone";
  private static final String REGION = "region";

  public Node {
    endpoints = List.copyOf(endpoints);
    labels = Map.copyOf(labels);
    taints = Map.copyOf(taints);
  }

  /** This node's place in the mesh. */
  public MeshSelf mesh() {
    return MeshNumbers.self(meshIndex, wireguardPort);
  }

  /** The same with another wish of the operator. */
  public Node withAvailability(Availability wish) {
    return with(wish, labels, taints);
  }

  /** Its zone, after its region where it has one: {@code eu/a}; null without the label. */
  public @Nullable String zone() {
    String zone = labels.get(ZONE);
    String region = labels.get(REGION);
    return zone == null || region == null ? zone : region + "/" + zone;
  }

  /** Where it stands as people say it: its zone, else its region; null without either label. */
  public @Nullable String place() {
    String zone = zone();
    return zone == null ? labels.get(REGION) : zone;
  }

  /** The same with other labels. */
  public Node withLabels(Map<String, String> other) {
    return with(availability, other, taints);
  }

  /** The same with other taints. */
  public Node withTaints(Map<String, String> other) {
    return with(availability, labels, other);
  }

  /** The same, removed at that time. */
  Node removed(long atMillis) {
    return new Node(
        id,
        name,
        meshIndex,
        meshAddress,
        subnet,
        identityKey,
        wireguardKey,
        wireguardPort,
        endpoints,
        availability,
        labels,
        taints,
        ingress,
        controlPlane,
        host,
        agentVersion,
        contractVersion,
        bootId,
        joinedAt,
        firstReadyAt,
        lastReportAt,
        Long.valueOf(atMillis),
        version);
  }

  /** The same after a change of liveness. */
  Node seen(@Nullable Long readyAt, @Nullable Long reportAt) {
    return new Node(
        id,
        name,
        meshIndex,
        meshAddress,
        subnet,
        identityKey,
        wireguardKey,
        wireguardPort,
        endpoints,
        availability,
        labels,
        taints,
        ingress,
        controlPlane,
        host,
        agentVersion,
        contractVersion,
        bootId,
        joinedAt,
        readyAt,
        reportAt,
        removedAt,
        version);
  }

  /** The same with what its agent says of the machine now. */
  Node observed(Facts facts) {
    return new Node(
        id,
        name,
        meshIndex,
        meshAddress,
        subnet,
        identityKey,
        facts.wireguardKey(),
        facts.wireguardPort(),
        facts.endpoints(),
        availability,
        labels,
        taints,
        facts.ingress(),
        controlPlane,
        facts.host(),
        facts.version(),
        facts.contract(),
        facts.bootId(),
        joinedAt,
        firstReadyAt,
        lastReportAt,
        removedAt,
        version);
  }

  /** What an agent says of its machine, in a registration or when it opens a session. */
  record Facts(
      String wireguardKey,
      int wireguardPort,
      List<String> endpoints,
      boolean ingress,
      HostFacts host,
      String version,
      int contract,
      @Nullable String bootId) {}

  /** What its agent said of it last. */
  Facts facts() {
    return new Facts(
        wireguardKey,
        wireguardPort,
        endpoints,
        ingress,
        host,
        agentVersion,
        contractVersion,
        bootId);
  }

  private Node with(
      Availability wish, Map<String, String> otherLabels, Map<String, String> otherTaints) {
    return new Node(
        id,
        name,
        meshIndex,
        meshAddress,
        subnet,
        identityKey,
        wireguardKey,
        wireguardPort,
        endpoints,
        wish,
        otherLabels,
        otherTaints,
        ingress,
        controlPlane,
        host,
        agentVersion,
        contractVersion,
        bootId,
        joinedAt,
        firstReadyAt,
        lastReportAt,
        removedAt,
        version);
  }
}
