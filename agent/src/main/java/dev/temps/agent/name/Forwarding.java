package dev.temps.agent.name;

import java.util.Map;
import java.util.Set;

/** What the kernel does with packets for services. Called by one thread at a time. */
interface Forwarding {
  /**
   * Makes the table stand. Cheap when it does; also mends what another program took away.
   *
   * @throws dev.temps.kit.ProblemException when it can't be made to stand
   */
  void ensure(NameTable table);

  /** Ends connections from here that wait for who serves no more by this table, which stands. */
  void cut(NameTable table);

  /** Which programs of this machine have one of these UDP ports, by port. */
  Map<Integer, String> holders(Set<Integer> udpPorts);

  /** Lets containers that are on the bridge now be led to themselves. A look is nearly free. */
  void letMeetThemselves();
}
