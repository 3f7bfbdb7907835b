package dev.temps.agent.upgrade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.unit.testing.FakeUnits;
import dev.temps.contract.agent.UpgradeOrder;
import dev.temps.contract.agent.UpgradeState;
import dev.temps.contract.agent.UpgradeState.Phase;
import dev.temps.contract.release.ReleasePlaces;
import dev.temps.kit.Command;
import dev.temps.kit.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent's side of an upgrade, up to where the script takes over. */
class UpgradeTest {
  private final FakeUnits units = new FakeUnits();
  private final AtomicInteger fetches = new AtomicInteger();
  @TempDir private Path folder = Path.of("");
  private ReleasePlaces places = ReleasePlaces.standard();
  private Path archive = folder;
  private Upgrade upgrade = agent();

  @BeforeEach
  void aMachineWithOneRelease() throws IOException {
    places =
        new ReleasePlaces(
            folder.resolve("temps"), folder.resolve("releases"), folder.resolve("work"));
    Path present = Files.createDirectories(places.releases().resolve("first"));
    Files.createDirectories(present.resolve("libexec"));
    Files.writeString(present.resolve("libexec/temps-switch"), "exit 0\n");
    Files.writeString(present.resolve("libexec/temps-supervise"), "exit 0\n");
    Files.createSymbolicLink(places.link(), present);
    Files.createDirectories(places.releases().resolve("forgotten/lib"));
    archive = archive("0.2.0", "echo temps 0.2.0");
    upgrade = agent();
  }

  private Upgrade agent() {
    return new Upgrade(
        places,
        (_, into) -> {
          fetches.incrementAndGet();
          Files.copy(archive, into, StandardCopyOption.REPLACE_EXISTING);
        },
        new Switcher(places, units, places.link()),
        Runnable::run);
  }

  private Path archive(String version, String program) throws IOException {
    Path parent = folder.resolve("make-" + version);
    Path home = Files.createDirectories(parent.resolve("temps"));
    Files.createDirectories(home.resolve("bin"));
    Path launcher = Files.writeString(home.resolve("bin/temps"), "#!/bin/sh\n" + program + "\n");
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(
        home.resolve("release.json"),
        "{\"version\":\"%s\",\"contract\":2,\"schema\":8,\"platform\":\"linux-x64\"}"
            .formatted(version));
    Path file = home.resolveSibling("archive.tar.gz");
    Command.Result tar =
        Command.run(
            Duration.ofSeconds(20),
            "tar",
            "-C",
            parent.toString(),
            "-czf",
            file.toString(),
            "temps");
    assertTrue(tar.ok(), tar.err());
    return file;
  }

  private UpgradeOrder order(String attempt) throws IOException {
    return new UpgradeOrder(attempt, Upgrade.sha256(archive), Files.size(archive), "0.2.0");
  }

  @Test
  void theReleaseIsUnpackedBesideThePresentOneAndHandedToTheScript() throws IOException {
    UpgradeOrder order = order("op-1");
    upgrade.follow(order);
    Path home = places.releases().toRealPath().resolve(order.sha256().substring(0, 16));
    assertTrue(Files.isExecutable(home.resolve("bin/temps")));
    assertEquals("first", places.link().toRealPath().getFileName().toString());
    assertFalse(Files.exists(places.releases().resolve("forgotten")), "older ones make room");
    assertTrue(units.status(Switcher.UNIT).running());
    assertTrue(Files.exists(places.work().resolve("temps-switch")));
    assertEquals("switching", upgrade.follow(order).detail());
    assertEquals(1, fetches.get());
  }

  @Test
  void theOutcomeIsToldAlsoByAnAgentThatJustStarted() throws IOException {
    UpgradeOrder order = order("op-1");
    upgrade.follow(order);
    String home = " op-1 " + places.releases().resolve("x");
    for (String word : new String[] {"trial", "done", "back"}) {
      Files.writeString(places.work().resolve("outcome"), word + home + " it was slow\n");
      UpgradeState told = agent().follow(order);
      assertEquals(Phase.valueOf(word), told.phase());
      assertEquals("it was slow", told.detail());
    }
    assertEquals(1, fetches.get());
  }

  @Test
  void anArchiveThatIsNotTheOneMeantIsNeverUnpacked() throws IOException {
    UpgradeOrder order = order("op-1");
    byte[] all = Files.readAllBytes(archive);
    Files.write(archive, Arrays.copyOf(all, all.length / 2));
    upgrade.follow(order);
    back(order, "arrived damaged");
  }

  @Test
  void aReleaseThatDoesNotStartHereIsLeftAlone() throws IOException {
    archive = archive("0.2.0", "echo 'cannot execute binary file' >&2; exit 126");
    UpgradeOrder order = order("op-1");
    upgrade.follow(order);
    back(order, "cannot execute binary file");
    UpgradeOrder again = order("op-2");
    upgrade.follow(again);
    assertEquals(2, fetches.get(), "another attempt begins anew");
  }

  private void back(UpgradeOrder order, String words) throws IOException {
    UpgradeState told = upgrade.follow(order);
    assertEquals(Phase.back, told.phase());
    assertTrue(told.detail().contains(words), told.detail());
    assertFalse(units.status(Switcher.UNIT).running());
    assertEquals("first", places.link().toRealPath().getFileName().toString());
  }

  @Test
  void ordersThatMakeNoSenseAreRefused() {
    UpgradeOrder bad = new UpgradeOrder("../x", "0".repeat(64), 10, "0.2.0");
    assertThrows(ProblemException.class, () -> upgrade.follow(bad));
    UpgradeOrder path = new UpgradeOrder("op-1", "../../etc/passwd", 10, "0.2.0");
    assertThrows(ProblemException.class, () -> upgrade.follow(path));
  }

  @Test
  void theProofIsWrittenOnlyWhileItsReleaseIsOnTrial() throws IOException {
    Files.createDirectories(places.work());
    Path home = places.releases().resolve("x");
    Acceptance acceptance = new Acceptance(places, home);
    acceptance.accepted();
    Files.writeString(places.work().resolve("outcome"), "trial op-1 /another \n");
    acceptance.accepted();
    assertFalse(Files.exists(places.accepted()));
    Files.writeString(places.work().resolve("outcome"), "trial op-1 " + home + " \n");
    acceptance.accepted();
    assertEquals(home + "\n", Files.readString(places.accepted()));
  }
}
