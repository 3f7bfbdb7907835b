package dev.temps.agent.mesh;

import dev.temps.contract.agent.MeshSelf;
import dev.temps.contract.agent.ProjectSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A project that has containers on this machine. Pure.
 *
 * @param chain a name for nftables that tells people which project it is
 * @param residents addresses of its containers here
 * @param guests who may talk to them: its containers on all machines, and those of linked projects
 */
record Household(String chain, List<String> residents, List<String> guests) {
  private static final int NAME_MAX = 60;

  Household {
    residents = List.copyOf(residents);
    guests = List.copyOf(guests);
  }

  /** The projects with containers in this machine's subnet, in the order they were given. */
  static List<Household> on(MeshSelf self, List<ProjectSpec> projects) {
    Cidr subnet = Cidr.parse(self.subnet());
    Map<String, ProjectSpec> byId = new HashMap<>();
    projects.forEach(p -> byId.put(p.id(), p));
    List<Household> all = new ArrayList<>();
    for (ProjectSpec project : projects) {
      List<String> residents = addresses(project).filter(a -> in(subnet, a)).toList();
      if (!residents.isEmpty()) {
        TreeSet<String> guests = new TreeSet<>(addresses(project).toList());
        project.links().stream()
            .map(byId::get)
            .filter(linked -> linked != null)
            .forEach(linked -> addresses(linked).forEach(guests::add));
        all.add(new Household(chain(all.size() + 1, project), residents, List.copyOf(guests)));
      }
    }
    return all;
  }

  /** As this machine writes them: what goes into a ruleset is an address and nothing else. */
  private static Stream<String> addresses(ProjectSpec project) {
    return project.addresses().stream().map(Cidr::address).map(Cidr::text);
  }

  private static boolean in(Cidr subnet, String address) {
    return subnet.contains(Cidr.address(address));
  }

  private static String chain(int number, ProjectSpec project) {
    String name = project.name().replaceAll("[^a-z0-9]", "_");
    return "p" + number + "_" + name.substring(0, Math.min(name.length(), NAME_MAX));
  }
}
