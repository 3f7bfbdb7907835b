package dev.temps.agent.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Ports of other programs are left to them. */
class FreePortsTest {
  private static final Pool WEB = new Pool("web", null, false, 0, List.of());
  private static final Pool PG = new Pool("tcp_5432", null, false, 5432, List.of());

  private static Optional<String> owner(int port) {
    return port == 5432 ? Optional.of("postgres (pid 7)") : Optional.empty();
  }

  @Test
  void aPortThatAnotherProgramHasIsLeftOutAndTold() {
    FreePorts ports = FreePorts.of(List.of(WEB, PG), Set.of(), FreePortsTest::owner);
    assertEquals(List.of(WEB), ports.pools());
    assertTrue(ports.problem().contains("port 5432 is taken by postgres (pid 7)"), ports.problem());
  }

  @Test
  void aPortThatIsServedAlreadyIsOurOwn() {
    FreePorts ports = FreePorts.of(List.of(WEB, PG), Set.of("tcp_5432"), FreePortsTest::owner);
    assertEquals(new FreePorts(List.of(WEB, PG), ""), ports);
  }
}
