package dev.temps.lab;

import static dev.temps.lab.LabForTests.pings;
import static dev.temps.lab.LabForTests.sh;
import static dev.temps.lab.LabForTests.traces;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.kit.Name;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import dev.temps.lab.host.Host;
import dev.temps.lab.host.Wan;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("machine")
class LabsTest {
  @Test
  void twoLabsLiveSideBySide() {
    LabSpec wish = LabForTests.spec("left").withNodes(2).withoutDocker();
    LabSpec other = LabForTests.spec("right").withNodes(2).withoutDocker();
    try (Lab left = Lab.create(wish);
        Lab right = Lab.create(other)) {
      assertNotEquals(left.range(), right.range());
      assertTrue(pings(left.machine("node-1"), left.machine("node-2")));
      assertTrue(pings(right.machine("node-1"), right.machine("node-2")));
      assertFalse(pings(left.machine("node-1"), right.machine("node-1")));
      Lab.remove(other.name());
      assertFalse(right.machine("node-1").on());
      assertTrue(pings(left.machine("node-1"), left.machine("node-2")));
    }
  }

  @Test
  void downLeavesNothingBehind() throws IOException {
    LabSpec wish = LabForTests.spec("down").withNodes(2).withDataDisk(16L << 20);
    List<String> before = traces(wish.name());
    assertEquals(List.of(), before);
    try (Lab lab = Lab.create(wish)) {
      sh(lab.machine("node-1"), "docker run -d " + LabRegistry.SAMPLE_1);
      lab.machine("node-2").freeze();
      lab.machine("node-1").dropUdp(7000);
      assertFalse(traces(wish.name()).isEmpty());
    }
    assertEquals(List.of(), traces(wish.name()));
  }

  @Test
  void downWorksOnAHalfMadeLab() throws IOException {
    Lab lab = Lab.create(LabForTests.spec("half").withNodes(1).withoutDocker());
    Name name = lab.spec().name();
    Files.delete(new LabFiles(name).properties());
    Files.delete(new LabFiles(name).complete());
    Files.delete(new LabFiles(name).machine("node-1").resolve("pid"));
    assertTrue(Lab.find(name).isEmpty());
    Lab.remove(name);
    assertEquals(List.of(), traces(name));
    Lab.remove(name);
  }

  @Test
  void aLabComesBackAfterTheHostWasRestarted() {
    try (Lab lab = Lab.create(LabForTests.spec("restart").withNodes(2).withoutDocker())) {
      sh(lab.machine("node-1"), "echo kept > /var/lib/temps/a");
      lab.each(Machine::powerOff);
      lab.registry().stop();
      Wan.removeAll(new Host(Time.system()), lab.spec().name());

      Lab found = Lab.open(lab.spec().name());
      found.restore();

      assertEquals("kept", sh(found.machine("node-1"), "cat /var/lib/temps/a"));
      assertTrue(pings(found.machine("node-1"), found.machine("node-2")));
      assertTrue(found.registry().answers());
    }
  }

  @Test
  void aLabThatIsThereIsNotMadeAgain() {
    LabSpec wish = LabForTests.spec("twice").withNodes(1).withoutDocker();
    try (Lab lab = Lab.create(wish)) {
      var refused = assertThrows(ProblemException.class, () -> Lab.create(wish));
      assertEquals("lab-exists", refused.problem().type());
      assertTrue(Lab.open(wish.name()).machine("node-1").on());
      assertEquals(wish, lab.spec());
    }
  }

  @Test
  void anUnknownMachineIsRefusedWithTheNamesThereAre() {
    try (Lab lab = Lab.create(LabForTests.spec("names").withNodes(1).withoutDocker())) {
      var refused = assertThrows(ProblemException.class, () -> lab.machine("node-9"));
      assertTrue(refused.problem().next().contains("node-1"), refused.problem().line());
    }
  }
}
