package dev.temps.control.scheduler;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one replica of a release needs. Begin with {@link #of} and add with the other methods, each
 * of which gives a changed copy. Nothing is checked here: {@link SpecCheck} does that.
 *
 * @param app name for sentences
 * @param group the release; see {@link Occupant}
 * @param name the app or database itself, for neighbours' sake; null for none
 * @param size to reserve on the node
 * @param ties nodes it is tied to, by wish or because something it needs is only there
 * @param labels a node must have or not have
 * @param preferred labels a node had better have or not have
 * @param tolerations taints it does not mind
 * @param affinities to other apps and databases
 * @param spreads over places; {@link Spread#USUAL} unless asked otherwise, empty for none
 * @param strategy between equally good nodes
 * @param global one on every node that fits, and never two
 * @param ports of the node that it needs
 * @param imageThere ids of nodes that need not pull the image
 * @param linked what it talks to, better near
 */
public record PlacementSpec(
    String app,
    String group,
    @Nullable WorkloadName name,
    Size size,
    Ties ties,
    List<LabelRule> labels,
    List<LabelRule> preferred,
    List<Toleration> tolerations,
    List<Affinity> affinities,
    List<Spread> spreads,
    Strategy strategy,
    boolean global,
    Set<HostPort> ports,
    Set<String> imageThere,
    Set<WorkloadName> linked) {

  /**
   * What is reserved.
   *
   * @param cpuMillis thousandths of a core, 0 for none
   * @param memoryBytes 0 for none
   * @param diskBytes 0 for none
   */
  public record Size(long cpuMillis, long memoryBytes, long diskBytes) {
    /** Nothing. */
    public static final Size NONE = new Size(0, 0, 0);
  }

  /**
   * What decides which nodes are possible at all, before anything is counted.
   *
   * @param node id of the only node it may run on, null for any
   * @param architectures the image is for, empty when unknown
   * @param imageNodes ids of the nodes that have the image when no registry offers it; null when a
   *     registry does
   * @param homes nodes it is tied to; more than one different of them is none
   */
  public record Ties(
      @Nullable String node,
      List<String> architectures,
      @Nullable Set<String> imageNodes,
      List<Home> homes) {
    /** To no node. */
    public static final Ties NONE = new Ties(null, List.of(), null, List.of());

    public Ties {
      architectures = List.copyOf(architectures);
      imageNodes = imageNodes == null ? null : Set.copyOf(imageNodes);
      homes = List.copyOf(homes);
    }
  }

  public PlacementSpec {
    labels = List.copyOf(labels);
    preferred = List.copyOf(preferred);
    tolerations = List.copyOf(tolerations);
    affinities = List.copyOf(affinities);
    spreads = List.copyOf(spreads);
    ports = Set.copyOf(ports);
    imageThere = Set.copyOf(imageThere);
    linked = Set.copyOf(linked);
  }

  /** One that takes any node and reserves nothing. */
  public static PlacementSpec of(String app, String group) {
    return new SpecParts(app, group).build();
  }

  /** With a reservation; see {@link Size}. */
  public PlacementSpec size(long cpuMillis, long memoryBytes, long diskBytes) {
    return parts().size(new Size(cpuMillis, memoryBytes, diskBytes)).build();
  }

  /** As an app or database that others can be near to. */
  public PlacementSpec named(@Nullable WorkloadName other) {
    return parts().name(other).build();
  }

  /** Tied to nodes. */
  public PlacementSpec tied(Ties other) {
    return parts().ties(other).build();
  }

  /** On that node only; null for any. */
  public PlacementSpec on(@Nullable String nodeId) {
    return tied(new Ties(nodeId, ties.architectures(), ties.imageNodes(), ties.homes()));
  }

  /** With exactly those rules for labels. */
  public PlacementSpec labelled(List<LabelRule> rules) {
    return parts().labels(rules).build();
  }

  /** With exactly those preferences for labels. */
  public PlacementSpec preferring(List<LabelRule> rules) {
    return parts().preferred(rules).build();
  }

  /** Tolerating exactly those taints. */
  public PlacementSpec tolerating(List<Toleration> all) {
    return parts().tolerations(all).build();
  }

  /** With exactly those neighbours wished for and shunned. */
  public PlacementSpec affine(List<Affinity> all) {
    return parts().affinities(all).build();
  }

  /** Spread exactly so. */
  public PlacementSpec spread(List<Spread> all) {
    return parts().spreads(all).build();
  }

  /** With a strategy. */
  public PlacementSpec by(Strategy other) {
    return parts().strategy(other).build();
  }

  /** One on every node, or not. */
  public PlacementSpec everywhere(boolean yes) {
    return parts().global(yes).build();
  }

  /** With exactly those ports of the node. */
  public PlacementSpec needing(Set<HostPort> all) {
    return parts().ports(all).build();
  }

  /** With the nodes that have the image. */
  public PlacementSpec imageAt(Set<String> nodeIds) {
    return parts().imageThere(nodeIds).build();
  }

  /** Linked with exactly those. */
  public PlacementSpec linkedTo(Set<WorkloadName> all) {
    return parts().linked(all).build();
  }

  private SpecParts parts() {
    return new SpecParts(this);
  }

  WorkloadKind kind() {
    return name == null ? WorkloadKind.APP : name.kind();
  }

  /** A replica of it on a node. */
  public Occupant occupant(String nodeId) {
    List<Affinity> shuns =
        affinities.isEmpty()
            ? List.of()
            : affinities.stream().filter(a -> a.hard() && !a.near()).toList();
    return new Occupant(
        nodeId, group, name, size.cpuMillis(), size.memoryBytes(), size.diskBytes(), ports, shuns);
  }
}
