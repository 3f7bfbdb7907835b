package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What containers reach by a name: {@code NAME.PROJECT.temps.internal} is {@code address}, which
 * stays the same wherever the service runs, and {@code all.NAME.PROJECT.temps.internal} is all of
 * its members.
 *
 * @param name a DNS label, unique in its project
 * @param project name of the project, a DNS label, unique in the cluster
 * @param address of the service for as long as it exists, from the mesh's last /16
 * @param members live replicas that may be spoken to, in order of their ids; empty: connections are
 *     refused at once and {@code all.…} has no answer
 */
@Json
public record ServiceSpec(String name, String project, String address, List<Member> members) {
  /** The zone of DNS in which services have their names. */
  public static final String ZONE = "temps.internal";

  public ServiceSpec {
    members = List.copyOf(members);
  }

  /** The name of {@code address}. */
  public String host() {
    return name + "." + search(project);
  }

  /** The name of all members. */
  public String headless() {
    return "all." + host();
  }

  /** Where the containers of a project look for short names. */
  public static String search(String project) {
    return project + "." + ZONE;
  }

  /**
   * One replica.
   *
   * @param id the workload's id
   * @param address of its container
   * @param nodeId where it runs, so that its own node is preferred
   * @param zone the label {@code zone} of that node; null for none
   * @param udp ports of its node that lead to it; null: none
   */
  @Json
  public record Member(
      String id,
      String address,
      String nodeId,
      @Nullable String zone,
      @Nullable List<UdpPort> udp) {

    public Member {
      udp = udp == null ? null : List.copyOf(udp);
    }

    /** One that no port of its node leads to. */
    public Member(String id, String address, String nodeId, @Nullable String zone) {
      this(id, address, nodeId, zone, null);
    }

    /** Ports of its node that lead to it. */
    public List<UdpPort> exposed() {
      return udp == null ? List.of() : udp;
    }
  }

  /**
   * A UDP port of the nodes that run the service.
   *
   * @param port of the node, no other service's in the cluster
   * @param target port of the replica
   */
  @Json
  public record UdpPort(int port, int target) {}
}
