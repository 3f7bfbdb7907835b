package dev.temps.agent.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.kit.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The files written for systemd, and what it is told. The service manager is a small stand-in that
 * starts real processes; a real systemd is not part of this test.
 */
class SystemdUnitsTest extends UnitsContract {
  /** Knows services by name: enabled or not, running as a process or not. */
  private final class StandIn implements SystemdUnits.Systemctl {
    final Map<String, Process> running = new HashMap<>();
    final Set<String> enabled = new HashSet<>();
    final List<String> verbs = new ArrayList<>();

    @Override
    public Command.Result run(List<String> args) {
      verbs.add(args.getFirst());
      String name = args.getLast();
      boolean ok =
          switch (args.getFirst()) {
            case "daemon-reload" -> true;
            case "enable" -> enable(name);
            case "restart" -> {
              end(name);
              yield launchUnlessRunning(name);
            }
            case "disable" -> disable(name);
            case "is-enabled" -> enabled.contains(name);
            case "kill" -> running.containsKey(name);
            case "show" -> true;
            default -> false;
          };
      Process process = running.get(name);
      String pid = process != null && process.isAlive() ? "" + process.pid() : "0";
      return new Command.Result(ok ? 0 : 1, pid + "\n", "");
    }

    boolean enable(String name) {
      enabled.add(name);
      return launchUnlessRunning(name);
    }

    boolean disable(String name) {
      enabled.remove(name);
      end(name);
      return true;
    }

    boolean launchUnlessRunning(String name) {
      Process before = running.get(name);
      if (before != null && before.isAlive()) {
        return true;
      }
      try {
        String service = Files.readString(root.resolve("services/" + name + ".service"));
        String hash = service.split("TEMPS_UNIT_HASH=")[1].lines().findFirst().orElseThrow();
        ProcessBuilder sleeper = new ProcessBuilder("sleep", "600");
        sleeper.environment().put("TEMPS_UNIT_HASH", hash);
        running.put(name, sleeper.start());
        return true;
      } catch (IOException e) {
        return false;
      }
    }

    void end(String name) {
      Process before = running.remove(name);
      if (before != null) {
        before.destroyForcibly().onExit().join();
      }
    }
  }

  @TempDir Path root;
  private StandIn systemctl;
  private SystemdUnits units;

  @BeforeEach
  void manage() {
    systemctl = new StandIn();
    units = new SystemdUnits(root.resolve("services"), root.resolve("units"), systemctl);
  }

  @AfterEach
  void leaveNothing() {
    systemctl.running.values().forEach(Process::destroyForcibly);
  }

  @Override
  Units units() {
    return units;
  }

  @Override
  void crash(String name) {
    systemctl.end(name);
    systemctl.launchUnlessRunning(name);
  }

  @Test
  void anUnchangedUnitCausesNoReload() {
    UnitSpec sleeper = UnitSpec.always("sleeper", List.of("sleep", "600"));
    units.ensure(sleeper);
    systemctl.verbs.clear();
    units.ensure(sleeper);
    assertEquals(List.of("show", "is-enabled"), systemctl.verbs);
  }

  @Test
  void argumentsAreQuotedAndSecretsStayOutOfTheUnitFile() throws IOException {
    units.ensure(
        new UnitSpec(
            "printer",
            List.of("/bin/echo", "a b", "100%", "$HOME", "say \"hi\"", "back\\slash"),
            Map.of("TOKEN", "hu\"sh"),
            UnitSpec.Restart.onFailure,
            Path.of("/var/lib/temps")));
    String service = Files.readString(root.resolve("services/printer.service"));
    assertTrue(
        service.contains(
            "ExecStart=\"/bin/echo\" \"a b\" \"100%%\" \"$$HOME\""
                + " \"say \\\"hi\\\"\" \"back\\\\slash\"\n"),
        service);
    assertTrue(service.contains("Restart=on-failure\n"), service);
    assertFalse(service.contains("hu"), service);
    assertEquals("TOKEN=\"hu\\\"sh\"\n", Files.readString(root.resolve("units/printer/env")));
  }
}
