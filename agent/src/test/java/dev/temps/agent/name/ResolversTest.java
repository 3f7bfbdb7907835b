package dev.temps.agent.name;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.Desired;
import dev.temps.contract.agent.WorkloadSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolversTest {
  @TempDir Path temp;

  private static WorkloadSpec searching(@Nullable String domain) {
    return new WorkloadSpec(
        "c-1",
        "web",
        "web:1",
        null,
        null,
        List.of(),
        null,
        "10.208.16.10",
        "02:42:0a:d0:10:0a",
        8080,
        0,
        0,
        null,
        Desired.running,
        0,
        0,
        Map.of(),
        null,
        null,
        domain);
  }

  private Resolvers resolvers(@Nullable Here here) {
    return new Resolvers(new NamePlaces(temp.resolve("data/names")), () -> here);
  }

  @Test
  void aContainerAsksThisNodeAndFindsShortNamesInItsProject() throws IOException {
    Path file =
        resolvers(Places.here(1, null)).file(searching("shop.temps.internal")).orElseThrow();
    assertEquals(
        """
        nameserver 10.208.16.1
        search shop.temps.internal
        options ndots:2 timeout:2 attempts:2
        """,
        Files.readString(file));
  }

  @Test
  void everybodyMayReadItWhateverTheMaskOfTheAgentWas() throws IOException {
    Path data = Files.createDirectory(temp.resolve("data"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
    Path file =
        resolvers(Places.here(1, null)).file(searching("shop.temps.internal")).orElseThrow();
    assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals("rwx-----x", PosixFilePermissions.toString(Files.getPosixFilePermissions(data)));
    String own = PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent()));
    assertTrue(own.endsWith("x"), own);
  }

  @Test
  void whereNobodySaidAnythingOfNamesItHasTheEnginesOwn() throws IOException {
    assertEquals(Optional.empty(), resolvers(Places.here(1, null)).file(searching(null)));
    assertEquals(Optional.empty(), resolvers(null).file(searching("shop.temps.internal")));
    assertEquals(
        Optional.empty(), resolvers(Places.here(1, null)).file(searching("../../etc/passwd")));
  }
}
