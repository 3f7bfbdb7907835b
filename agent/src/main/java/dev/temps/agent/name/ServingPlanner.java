package dev.temps.agent.name;

import dev.temps.agent.mesh.Cidr;
import dev.temps.contract.agent.ServiceSpec;
import dev.temps.contract.agent.ServiceSpec.Member;
import java.util.List;
import java.util.function.Predicate;

/**
 * Chooses who serves. The control plane lists members that live and are well; what this node finds
 * out by itself takes some of them away, never the last: it may be this node that is cut off. Pure.
 */
final class ServingPlanner {
  private ServingPlanner() {}

  /** All services in the order they were given. */
  static List<Serving> plan(List<ServiceSpec> services, Here here, Health health) {
    return services.stream().map(s -> plan(s, here, health)).toList();
  }

  private static Serving plan(ServiceSpec service, Here here, Health health) {
    // A failed check cuts nobody off (docs/decisions/003); a machine that is gone leaves no choice.
    List<Member> kept = some(service.members(), m -> !health.lost().contains(m.nodeId()));
    List<Member> answering = some(kept, m -> !health.silent().contains(m.nodeId()));
    List<Member> healthy = some(answering, m -> !health.down().contains(m.address()));
    List<Member> own = healthy.stream().filter(m -> m.nodeId().equals(here.nodeId())).toList();
    List<Member> near = own.isEmpty() ? some(healthy, m -> sameZone(m, here)) : own;
    return new Serving(service, addresses(healthy), addresses(near), addresses(kept));
  }

  /** Those it is true of; all when it is true of none. */
  private static List<Member> some(List<Member> members, Predicate<Member> wanted) {
    List<Member> found = members.stream().filter(wanted).toList();
    return found.isEmpty() ? members : found;
  }

  private static boolean sameZone(Member member, Here here) {
    return member.zone() != null && member.zone().equals(here.zone());
  }

  /** As this machine writes them: what goes into a ruleset is an address and nothing else. */
  private static List<String> addresses(List<Member> members) {
    return members.stream().map(Member::address).map(Cidr::address).map(Cidr::text).toList();
  }
}
