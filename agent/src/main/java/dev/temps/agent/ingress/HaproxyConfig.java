package dev.temps.agent.ingress;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * HAProxy's configuration as text. Pure.
 *
 * @param text of haproxy.cfg
 * @param map of host names to backends, the content of {@link #mapFile}
 * @param fingerprint of all but the servers, which the running HAProxy names as its description: as
 *     long as it is the same, servers can be changed without a reload
 */
record HaproxyConfig(String text, String map, Path mapFile, String fingerprint) {
  private static final String UNACKED = " tcp-ut 3s"; // HAProxy 2.6 ignores it in default-server
  private static final Pattern SERVER =
      Pattern.compile("    server s(\\d+) \\S+ weight \\d+" + UNACKED + "( disabled)? # (\\S+)");
  private static final String NOBODY = "-"; // the id of a free slot
  private static final String FINGERPRINT = "@FINGERPRINT@";

  /**
   * What the configuration depends on apart from routes.
   *
   * @param folder of configuration, maps and pages
   * @param socket for commands
   * @param binds what the frontend listens on, e.g. {@code :80} and {@code :::80 v6only}; apart, as
   *     one socket for both would show visitors' IPv4 addresses in IPv6 form
   * @param user to run as, null to stay who started it
   */
  record Setting(Path folder, Path socket, List<String> binds, @Nullable String user) {
    Setting {
      binds = List.copyOf(binds);
    }
  }

  /** Renders the pools. */
  static HaproxyConfig render(List<Pool> pools, Setting setting) {
    String map =
        pools.stream()
            .flatMap(pool -> pool.hosts().stream().sorted().map(h -> h + " " + pool.backend()))
            .map(line -> line + "\n")
            .collect(Collectors.joining());
    Path mapFile = setting.folder().resolve("hosts-" + crc(map) + ".map");
    String body = body(pools, setting, mapFile);
    String fingerprint = crc(body.lines().map(HaproxyConfig::withoutServer).toList().toString());
    return new HaproxyConfig(body.replace(FINGERPRINT, fingerprint), map, mapFile, fingerprint);
  }

  /** Ids by slot of every app in a configuration rendered earlier; empty text for a free slot. */
  static Map<String, List<String>> slots(String text) {
    Map<String, List<String>> found = new HashMap<>();
    List<String> current = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (line.startsWith("backend app_")) {
        current = new ArrayList<>();
        found.put(line.substring("backend app_".length()), current);
      }
      Matcher server = SERVER.matcher(line);
      if (server.matches()) {
        current.add(server.group(3).equals(NOBODY) ? "" : server.group(3));
      }
    }
    return found;
  }

  private static String withoutServer(String line) {
    Matcher server = SERVER.matcher(line);
    return server.matches() ? "server " + server.group(1) : line;
  }

  private static String crc(String text) {
    CRC32 sum = new CRC32();
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", sum.getValue());
  }

  private static String body(List<Pool> pools, Setting setting, Path mapFile) {
    String identity =
        setting.user() == null ? "" : "    user %1$s\n    group %1$s\n".formatted(setting.user());
    String head =
        HEAD.replace("@SOCKET@", setting.socket().toString())
            .replace("@FOLDER@", setting.folder().toString())
            .replace("@IDENTITY@\n", identity)
            .replace(
                "@BINDS@\n",
                setting.binds().stream()
                    .map(bind -> "    bind " + bind + "\n")
                    .collect(Collectors.joining()))
            .replace("@MAP@", mapFile.toString());
    return head + pools.stream().map(HaproxyConfig::backend).collect(Collectors.joining());
  }

  private static String backend(Pool pool) {
    StringBuilder out = new StringBuilder("\nbackend " + pool.backend() + "\n");
    if (pool.healthPath() != null) {
      out.append("    option httpchk\n");
      out.append("    http-check send meth GET uri ").append(pool.healthPath());
      out.append(" ver HTTP/1.1 hdr Host temps-health hdr Connection close\n");
      out.append("    http-check expect status 200-399\n");
    }
    for (int i = 0; i < pool.slots().size(); i++) {
      out.append("    server ").append(Pool.Slot.name(i)).append(' ');
      out.append(
          switch (pool.slots().get(i)) {
            case Pool.Slot.Used used ->
                "%s:%d weight %d%s # %s"
                    .formatted(used.address(), used.port(), used.weight(), UNACKED, used.id());
            case Pool.Slot.Free _ -> "127.0.0.1:9 weight 1" + UNACKED + " disabled # " + NOBODY;
          });
      out.append('\n');
    }
    return out.toString();
  }

  // Dead machines are found three ways: a request nobody acknowledges for 3 s (tcp-ut), a waiting
  // one by keepalive after 6 s, and checks, which hurry after the first error. The first two end
  // the
  // connection without an answer, so that a request that may be repeated goes to another replica.
  // Cutting sessions when a check fails (on-marked-down) would lose those; see RuntimePlanner.
  private static final String HEAD =
      """
      # Written by the Temps agent; changes are overwritten.
      global
          description @FINGERPRINT@
          stats socket @SOCKET@ mode 600 level admin expose-fd listeners
          server-state-file @FOLDER@/servers.state
          hard-stop-after 10m
          fd-hard-limit 40000
      @IDENTITY@

      defaults
          mode http
          option http-keep-alive
          option redispatch 1
          option clitcpka
          option srvtcpka
          srvtcpka-idle 3s
          srvtcpka-intvl 1s
          srvtcpka-cnt 3
          retries 3
          retry-on conn-failure empty-response response-timeout
          timeout connect 2s
          timeout check 2s
          timeout http-request 10s
          timeout http-keep-alive 60s
          timeout client 60s
          timeout client-fin 10s
          timeout server 60s
          timeout queue 5s
          timeout tunnel 1h
          load-server-state-from-file global
          balance leastconn
          default-server check inter 5s fastinter 500ms downinter 1s fall 3 rise 1 \
      observe layer4 error-limit 1 on-error sudden-death
          http-error status 503 content-type "text/html; charset=utf-8" file @FOLDER@/503.html
          http-error status 404 content-type "text/html; charset=utf-8" file @FOLDER@/404.html

      frontend web
      @BINDS@
          http-request deny deny_status 400 if { req.hdr_cnt(host) gt 1 }
          http-request set-header X-Forwarded-For %[src]
          http-request set-header X-Forwarded-Proto http
          http-request set-header X-Forwarded-Host %[req.hdr(host)]
          http-request set-header X-Real-IP %[src]
          http-request del-header Forwarded
          http-request disable-l7-retry unless { method GET HEAD OPTIONS TRACE PUT DELETE }
          use_backend %[req.hdr(host),host_only,lower,rtrim(.),map_str(@MAP@,nobody)]
          default_backend nobody

      backend nobody
          http-request return status 404 default-errorfiles
      """;
}
