package dev.temps.lab.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.kit.Name;
import dev.temps.lab.Lab;
import dev.temps.lab.LabForTests;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lab demo} with a stand-in for the program: only the lab's own work is looked at. */
@Tag("machine")
class LabDemoTest {
  @TempDir private static Path directory;
  private static Name name = new Name("none");

  @BeforeAll
  static void up() throws IOException {
    name = LabForTests.spec("demo").name();
    LabLine line =
        LabLine.up(
            name.value(), "--nodes", 2, "--release", StubRelease.archive(directory).toString());
    assertEquals(0, line.exit(), line.toString());
  }

  @AfterAll
  static void down() {
    Lab.remove(name);
  }

  @Test
  void requestsThatAreAllAnsweredAreASuccess() {
    LabLine line = LabLine.type("demo", "--name", name.value(), "--seconds", "3");
    assertEquals(0, line.exit(), line.toString());
    assertTrue(line.err().contains("20 requests/s to http://web.temps.test/ through node-1"));
    assertTrue(line.out().contains("node-2=OFF/"), line.out());
    assertTrue(line.out().contains("node-2=OFF/down"), line.out());
    assertTrue(line.out().contains("requests were answered"), line.out());
    assertTrue(line.out().contains("all was as before"), line.out());
    assertTrue(Lab.open(name).machine("node-2").on());
  }

  @Test
  void aRequestThatFailsIsSeenAndCounted() {
    Lab lab = Lab.open(name);
    LabForTests.sh(
        lab.machine("node-1"),
        """
        pkill socat
        setsid socat TCP-LISTEN:80,fork,reuseaddr TCP:node-2:80,connect-timeout=1 \
          < /dev/null > /dev/null 2>&1 &
        """);
    LabLine line =
        LabLine.type(
            "demo", "--name", name.value(), "--node", "node-2", "--seconds", "4", "--json");
    LabForTests.sh(
        lab.machine("node-1"), "pkill socat; /opt/temps/libexec/temps-supervise --boot || :");
    assertEquals(1, line.exit(), line.toString());
    Reply outcome = Reply.object(line.out());
    assertTrue(Integer.parseInt(outcome.text("failed")) > 0, line.toString());
    assertTrue(Integer.parseInt(outcome.text("answered")) > 0, line.toString());
    assertTrue(lab.machine("node-2").on());
  }

  @Test
  void aLabWithoutAnAppIsRefusedWithWhatToDo() {
    Lab lab = Lab.open(name);
    ProductFile file = new ProductFile(lab.directory());
    ProductState before = file.read();
    file.write(new ProductState.Lost());
    LabLine line = LabLine.type("demo", "--name", name.value());
    file.write(before);
    assertEquals(1, line.exit(), line.toString());
    assertTrue(line.err().contains("./temps lab up --name " + name), line.err());
  }
}
