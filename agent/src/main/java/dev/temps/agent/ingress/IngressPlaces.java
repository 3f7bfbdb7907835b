package dev.temps.agent.ingress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the ingress keeps its files and listens.
 *
 * @param folder configuration, maps, pages; survives a reboot
 * @param run sockets
 * @param port TCP port for HTTP
 */
public record IngressPlaces(Path folder, Path run, int port) {
  private static final int HTTP = 80;
  private static final String USER = "haproxy"; // distributions' packages make it

  /** The places of a real node. */
  public static IngressPlaces standard() {
    return new IngressPlaces(Path.of("/var/lib/temps/agent/haproxy"), Path.of("/run/temps"), HTTP);
  }

  Path config() {
    return folder.resolve("haproxy.cfg");
  }

  Path socket() {
    return run.resolve("haproxy.sock");
  }

  Path masterSocket() {
    return run.resolve("haproxy-master.sock");
  }

  /** Everything the configuration depends on, as this machine has it. */
  HaproxyConfig.Setting setting() {
    boolean six = Files.exists(Path.of("/proc/net/if_inet6"));
    String four = ":" + port;
    List<String> binds = six ? List.of(four, ":::" + port + " v6only") : List.of(four);
    return new HaproxyConfig.Setting(folder, socket(), binds, user());
  }

  private static @Nullable String user() {
    try {
      return Files.readString(Path.of("/etc/passwd")).contains("\n" + USER + ":") ? USER : null;
    } catch (IOException e) {
      return null; // then it stays root, as without the package's user
    }
  }
}
