package dev.temps.agent.ingress;

import dev.temps.agent.traffic.RequestLine;
import dev.temps.contract.agent.AcmeAnswer;
import dev.temps.contract.agent.ConsoleSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * HAProxy's configuration as text. Pure.
 *
 * @param text of haproxy.cfg
 * @param files it looks into, content by place; a file's name changes with what is in it
 * @param fingerprint of all but the servers, which the running HAProxy names as its description: as
 *     long as it is the same, servers can be changed without a reload
 */
record HaproxyConfig(String text, Map<Path, String> files, String fingerprint) {
  HaproxyConfig {
    files = Map.copyOf(files);
  }

  /** Where a worker keeps its last lines about requests; see {@link RequestFeed}. */
  static final String RING = "requests";

  private static final String UNACKED = " tcp-ut 3s"; // HAProxy 2.6 ignores it in default-server
  private static final Pattern SERVER =
      Pattern.compile("    server s(\\d+) \\S+ weight \\d+" + UNACKED + "( disabled)? # (\\S+)");
  private static final String TLS = " alpn h2,http/1.1";
  private static final String NOBODY = "-"; // the id of a free slot
  private static final String FINGERPRINT = "@FINGERPRINT@";

  /**
   * What the configuration depends on apart from routes.
   *
   * @param folder of configuration, maps and pages
   * @param socket for commands
   * @param binds what the frontend listens on, e.g. {@code :80} and {@code :::80 v6only}; apart, as
   *     one socket for both would show visitors' IPv4 addresses in IPv6 form
   * @param tlsBinds the same for https
   * @param user to run as, null to stay who started it
   */
  record Setting(
      Path folder, Path socket, List<String> binds, List<String> tlsBinds, @Nullable String user) {
    Setting {
      binds = List.copyOf(binds);
      tlsBinds = List.copyOf(tlsBinds);
    }
  }

  /**
   * What is served.
   *
   * @param certificates files with certificate, chain and key, the one for unknown names first;
   *     empty: no https
   * @param console host that leads to the control plane; null: none
   */
  record Content(
      List<Pool> pools,
      List<Site> sites,
      List<Path> certificates,
      List<AcmeAnswer> answers,
      @Nullable ConsoleSpec console) {
    Content {
      pools = List.copyOf(pools);
      sites = List.copyOf(sites);
      certificates = List.copyOf(certificates);
      answers = List.copyOf(answers);
    }

    /** The same with other certificates. */
    Content showing(List<Path> others) {
      return new Content(pools, sites, others, answers, console);
    }
  }

  /** Renders it. */
  static HaproxyConfig render(Content content, Setting setting) {
    Console console = Console.of(content.console(), content.sites(), setting.folder());
    SiteRules.Made made = SiteRules.of(console.sites(), content.answers(), setting.folder());
    Map<Path, String> files = new TreeMap<>(made.files());
    files.putAll(console.files());
    List<String> binds = new ArrayList<>(setting.binds());
    if (!content.certificates().isEmpty()) {
      String list =
          content.certificates().stream().map(c -> c + "\n").collect(Collectors.joining());
      Path file = setting.folder().resolve("tls-" + LookupFiles.crc(list) + ".lst");
      files.put(file, list);
      setting.tlsBinds().forEach(b -> binds.add(b + " ssl crt-list " + file + TLS));
    }
    String body =
        body(content.pools(), binds, made, setting)
            + console.backend(made.asked().getOrDefault(Console.BACKEND, List.of()))
            + ports(content.pools(), setting);
    String fingerprint =
        LookupFiles.crc(body.lines().map(HaproxyConfig::withoutServer).toList().toString());
    return new HaproxyConfig(body.replace(FINGERPRINT, fingerprint), files, fingerprint);
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

  private static String body(
      List<Pool> pools, List<String> binds, SiteRules.Made made, Setting setting) {
    String identity =
        setting.user() == null ? "" : "    user %1$s\n    group %1$s\n".formatted(setting.user());
    String head =
        HEAD.replace("@SOCKET@", setting.socket().toString())
            .replace("@FOLDER@", setting.folder().toString())
            .replace("@IDENTITY@\n", identity)
            .replace("@SERVERS@", SERVERS)
            .replace("@BINDS@\n", lines("bind ", binds))
            .replace("@REQUEST@", RequestLine.FORMAT)
            .replace("@HTTPS@\n", binds.stream().anyMatch(b -> b.contains(" ssl ")) ? HTTPS : "")
            .replace("@SITES@\n", lines("", made.rules()));
    return head
        + pools.stream()
            .filter(p -> p.port() == 0)
            .map(p -> backend(p, made.asked().getOrDefault(p.backend(), List.of())))
            .collect(Collectors.joining());
  }

  /** Last, for what stands behind other defaults has them. */
  private static String ports(List<Pool> pools, Setting setting) {
    String all =
        pools.stream()
            .filter(p -> p.port() > 0)
            .map(p -> port(p, setting) + backend(p, List.of()))
            .collect(Collectors.joining());
    return all.isEmpty() ? "" : PORTS.replace("@SERVERS@", SERVERS) + all;
  }

  private static String port(Pool pool, Setting setting) {
    List<String> binds =
        setting.binds().stream().map(b -> b.replaceFirst(":\\d+", ":" + pool.port())).toList();
    return "\nfrontend "
        + pool.app()
        + "\n"
        + lines("bind ", binds)
        + "    default_backend "
        + pool.backend()
        + "\n";
  }

  private static String lines(String start, List<String> all) {
    return all.stream().map(one -> "    " + start + one + "\n").collect(Collectors.joining());
  }

  private static String backend(Pool pool, List<String> asked) {
    StringBuilder out = new StringBuilder("\nbackend " + pool.backend() + "\n");
    out.append(lines("", asked));
    if (pool.http2()) {
      out.append("    default-server proto h2\n");
      out.append("    timeout server 1h\n"); // a stream may be silent for long
    }
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

  private static final String SERVERS =
      "slowstart 5s check inter 5s fastinter 500ms downinter 1s fall 3 rise 1 observe layer4"
          + " error-limit 1 on-error sudden-death";

  // A connection may be silent for long: keepalive tells that the other end is there.
  private static final String PORTS =
      """

      defaults
          mode tcp
          option redispatch 1
          option clitcpka
          option srvtcpka
          srvtcpka-idle 3s
          srvtcpka-intvl 1s
          srvtcpka-cnt 3
          retries 3
          timeout connect 2s
          timeout check 2s
          timeout client 24h
          timeout client-fin 10s
          timeout server 24h
          timeout queue 5s
          load-server-state-from-file global
          balance leastconn
          default-server @SERVERS@
      """;

  private static final String HTTPS =
      "    http-request set-header X-Forwarded-Proto https if { ssl_fc }\n";

  // Every request pays for what stands in the frontend: an address as text costs as much as ten
  // other fields, so it is made once, and paths are decoded only when there may be dots in them
  // (bench/ingress). The Host header arrives as the visitor wrote it, so neither it nor the port
  // needs a header of its own. Of HTTP/1 requests HAProxy itself refuses those with two hosts.
  //
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
          stats timeout 1d
          log ring@requests len 2048 format raw local0
          hard-stop-after 10m
          ssl-default-bind-options ssl-min-ver TLSv1.2 no-tls-tickets
          ssl-default-bind-ciphers ECDHE+AESGCM:ECDHE+CHACHA20
          fd-hard-limit 40000
      @IDENTITY@

      ring requests
          format raw
          maxlen 2048
          size 1048576

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
          default-server @SERVERS@
          http-error status 503 content-type "text/html; charset=utf-8" file @FOLDER@/503.html
          http-error status 404 content-type "text/html; charset=utf-8" file @FOLDER@/404.html
          http-error status 403 content-type "text/html; charset=utf-8" file @FOLDER@/403.html

      frontend web
      @BINDS@
          log global
          option dontlognull
          capture request header host len 120
          log-format "@REQUEST@"
          http-request deny deny_status 400 if { fc_http_major 2 } { req.hdr_cnt(host) gt 1 }
          http-request deny deny_status 400 if { req.hdrs -m reg \\\\x00 }
          acl has_dots path -m sub /.. %
          http-request deny deny_status 400 if has_dots { path,url_dec -m reg /[.][.](/|$) }
          http-request set-var-fmt(txn.visitor) %[src]
          http-request del-header X-Forwarded- -m beg
          http-request del-header Forwarded
          http-request del-header X-Real-IP
          http-request add-header X-Forwarded-For %[var(txn.visitor)]
          http-request add-header X-Forwarded-Proto http
      @HTTPS@
          http-request disable-l7-retry unless { method GET HEAD OPTIONS TRACE PUT DELETE }
      @SITES@
          default_backend nobody

      backend nobody
          http-request return status 404 default-errorfiles
      """;
}
