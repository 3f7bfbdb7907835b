package dev.temps.agent.ingress;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.machine.Machine;
import dev.temps.agent.machine.Wan;
import dev.temps.contract.agent.RouteSpec;
import dev.temps.contract.json.Json;
import dev.temps.kit.Time;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What visitors of one machine notice when another one loses power or its wire. */
@Tag("machine")
class IngressPowerMachineTest {
  private static final Path SCRIPT =
      Path.of("../dist/src/package/libexec/temps-supervise").toAbsolutePath().normalize();
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private Wan wan;
  private Machine front;
  private Machine back;

  @BeforeEach
  void build() throws Exception {
    wan = new Wan(folder);
    front = wan.machine(1);
    back = wan.machine(2);
    front.java("app", App.class, "front", front.address(), "8080");
    back.java("app", App.class, "back", back.address(), "8080");
    RouteSpec web =
        new RouteSpec(
            "web",
            List.of("web.example.test"),
            List.of(
                Routes.replica("c-1", front.address() + ":8080", "n-1"),
                Routes.replica("c-2", back.address() + ":8080", "n-2")),
            null);
    Files.writeString(front.folder().resolve("routes.json"), Json.write(Routes.of(1, web)));
    front.java("ingress", IngressPartMain.class, front.folder().toString(), SCRIPT.toString());
    eventually(
        SOON,
        "routes are served",
        () -> Files.readString(front.folder().resolve("ingress.txt")).startsWith("1 "));
  }

  @AfterEach
  void tearDown() {
    wan.close();
  }

  /** Load while the other machine goes away; what the visitors saw. */
  private String loadWhile(Runnable loss) throws Exception {
    Path end = folder.resolve("end");
    Process load = front.java("load", LoadMain.class, end.toString());
    Time.system().pause(Duration.ofSeconds(3)); // some of it before,
    loss.run();
    Time.system().pause(Duration.ofSeconds(12)); // and until checks and timeouts have had their say
    Files.createFile(end);
    assertTrue(load.waitFor(40, TimeUnit.SECONDS), "the load ends");
    return Files.readString(front.folder().resolve("load.log"));
  }

  @Test
  void everyRepeatableRequestIsAnsweredWhenAMachineLosesPower() throws Exception {
    String seen = loadWhile(back::close);
    assertTrue(seen.matches("(?s)\\{200=\\d+, longest=[1-9]?\\d{1,3}}\\s*"), seen);
  }

  @Test
  void everyRepeatableRequestIsAnsweredWhenAMachinesWireIsCut() throws Exception {
    String seen = loadWhile(() -> back.must("ip", "link", "set", "eth0", "down"));
    assertTrue(seen.matches("(?s)\\{200=\\d+, longest=[1-9]?\\d{1,3}}\\s*"), seen);
  }
}
