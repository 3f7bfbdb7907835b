package dev.temps.lab.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.kit.Name;
import dev.temps.lab.Lab;
import dev.temps.lab.LabForTests;
import dev.temps.lab.Machine;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** {@code lab up}, with a stand-in for the program that is put on the machines. */
@Tag("machine")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LabUpTest {
  @TempDir private static Path directory;
  private static Name name = new Name("none");
  private static Path archive = Path.of("none");
  private static LabLine first = new LabLine(1, "", "");

  @BeforeAll
  static void up() throws IOException {
    name = LabForTests.spec("up").name();
    archive = StubRelease.archive(directory);
    first = LabLine.up(name.value(), "--release", archive);
  }

  @AfterAll
  static void down() {
    Lab.remove(name);
  }

  private static LabLine again() {
    return LabLine.up(name.value(), "--release", archive);
  }

  @Test
  @Order(1)
  void theAppAnswersThroughEveryMachine() {
    assertEquals(0, first.exit(), first.toString());
    Lab lab = Lab.open(name);
    for (Machine machine : lab.machines()) {
      assertEquals("200", new Product(lab).status(machine, Product.APP), machine.name());
    }
  }

  @Test
  @Order(2)
  void itSaysWhereApiAndTokenAreAndHowToSeeTheApp() {
    Lab lab = Lab.open(name);
    assertTrue(first.out().contains("https://" + lab.machine("node-1").address() + ":8443"));
    assertTrue(first.out().contains("owner-token-of-the-stub"), first.out());
    for (Machine machine : lab.machines()) {
      assertTrue(
          first
              .out()
              .contains(
                  "./temps lab exec --name %s %s -- curl -s -H 'Host: web.temps.test' http://127.0.0.1/\n"
                      .formatted(name, machine.name())),
          first.out());
    }
    assertFalse(first.err().contains("owner-token"), first.err());
  }

  @Test
  @Order(3)
  void againItSaysThatAllIsThereAndTheSameWords() {
    LabLine second = again();
    assertEquals(0, second.exit(), second.toString());
    assertTrue(second.err().contains("is there already"), second.err());
    assertEquals(first.out(), second.out());
  }

  @Test
  @Order(4)
  void machinesWithoutPowerGetItBack() {
    Lab.open(name).machine("node-3").powerOff();
    LabLine second = again();
    assertEquals(0, second.exit(), second.toString());
    assertTrue(Lab.open(name).machine("node-3").on());
  }

  @Test
  @Order(5)
  void aSetupThatWasInterruptedGoesOn() {
    Lab lab = Lab.open(name);
    ProductFile file = new ProductFile(lab.directory());
    Access access = ((ProductState.Complete) file.read()).access();
    file.write(new ProductState.Serving(access));
    String before = LabForTests.sh(lab.machine("node-1"), "cat /var/lib/temps/stub/nodes");
    LabLine second = again();
    assertEquals(0, second.exit(), second.toString());
    assertTrue(second.err().contains("going on"), second.err());
    assertEquals(first.out(), second.out());
    assertEquals(before, LabForTests.sh(lab.machine("node-1"), "cat /var/lib/temps/stub/nodes"));
  }

  @Test
  @Order(6)
  void aFirstStartWhoseSecretsAreLostIsMadeAnew() {
    Lab lab = Lab.open(name);
    LabForTests.sh(lab.machine("node-1"), "touch /etc/from-before");
    new ProductFile(lab.directory()).write(new ProductState.Lost());
    LabLine second = again();
    assertEquals(0, second.exit(), second.toString());
    assertTrue(second.err().contains("its secrets are lost"), second.err());
    assertEquals(
        "gone",
        LabForTests.sh(Lab.open(name).machine("node-1"), "test -e /etc/from-before || echo gone"));
  }

  @Test
  @Order(7)
  void downLeavesNothing() throws IOException {
    assertEquals(0, LabLine.type("down", "--name", name.value()).exit());
    assertEquals(java.util.List.of(), LabForTests.traces(name));
  }
}
