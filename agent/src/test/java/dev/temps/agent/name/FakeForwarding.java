package dev.temps.agent.name;

import dev.temps.kit.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The kernel's side in memory: the table that stands, and which ports send back. */
final class FakeForwarding implements Forwarding {
  final List<String> ports = new ArrayList<>();
  final List<String> meetingThemselves = new ArrayList<>();
  final List<Flow> open = new ArrayList<>();
  @Nullable NameTable standing;
  final Map<Integer, String> held = new TreeMap<>();
  int transactions;
  @Nullable String broken;

  @Override
  public void ensure(NameTable table) {
    if (broken != null) {
      throw Problem.of("tool-failed", 500, broken, "", "").raise();
    }
    if (standing == null || !standing.mark().equals(table.mark())) {
      standing = table;
      transactions++;
    }
  }

  @Override
  public void cut(NameTable table) {
    open.removeIf(table::cuts);
  }

  @Override
  public Map<Integer, String> holders(Set<Integer> udpPorts) {
    Map<Integer, String> found = new TreeMap<>(held);
    found.keySet().retainAll(udpPorts);
    return found;
  }

  @Override
  public void letMeetThemselves() {
    ports.stream().filter(p -> !meetingThemselves.contains(p)).forEach(meetingThemselves::add);
  }
}
