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
 * @param tlsPort TCP port for HTTPS
 */
public record IngressPlaces(Path folder, Path run, int port, int tlsPort) {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;
  private static final String USER = "haproxy"; // distributions' packages make it

  /** The places of a real node. */
  public static IngressPlaces standard() {
    return new IngressPlaces(
        Path.of("/var/lib/temps/agent/haproxy"), Path.of("/run/temps"), HTTP, HTTPS);
  }

  Path config() {
    return folder.resolve("haproxy.cfg");
  }

  Path socket() {
    return run.resolve("haproxy.sock");
  }

  /** Folder of the certificates shown to visitors. */
  Path certificates() {
    return folder.resolve("tls");
  }

  Path masterSocket() {
    return run.resolve("haproxy-master.sock");
  }

  /** Everything the configuration depends on, as this machine has it. */
  HaproxyConfig.Setting setting() {
    return new HaproxyConfig.Setting(folder, socket(), binds(port), binds(tlsPort), user());
  }

  private static List<String> binds(int port) {
    boolean six = Files.exists(Path.of("/proc/net/if_inet6"));
    String four = ":" + port;
    return six ? List.of(four, ":::" + port + " v6only") : List.of(four);
  }

  private static @Nullable String user() {
    try {
      return Files.readString(Path.of("/etc/passwd")).contains("\n" + USER + ":") ? USER : null;
    } catch (IOException e) {
      return null; // then it stays root, as without the package's user
    }
  }
}
