package dev.temps.agent.ingress;

import dev.temps.contract.agent.ConsoleSpec;
import dev.temps.contract.agent.SiteSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The site that leads people to the control plane. It is found as sites of apps are and has a
 * backend of its own, which speaks TLS to nobody but the control plane. Pure.
 *
 * @param sites this one and all others
 * @param way what its backend has after its name; empty without a console
 * @param files it looks into, by place
 */
record Console(List<Site> sites, String way, Map<Path, String> files) {
  /** Name of its backend. */
  static final String BACKEND = "console";

  private static final String AGENTS = " if { path,url_dec -m reg -i ^/+agent(/|$) }\n";
  private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,252})");
  private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F.:]{2,45}");

  Console {
    sites = List.copyOf(sites);
    files = Map.copyOf(files);
  }

  /** With the console before the other sites, unless one of them has its host already. */
  static Console of(@Nullable ConsoleSpec spec, List<Site> others, Path folder) {
    if (spec == null || !sound(spec) || taken(spec.host(), others)) {
      return new Console(others, "", Map.of());
    }
    Path ca = folder.resolve("console-" + LookupFiles.crc(spec.caBundle()) + ".lst");
    List<Site> sites = new ArrayList<>();
    sites.add(
        new Site(new SiteSpec(spec.host(), "/", null, true, List.of(), List.of(), false), BACKEND));
    sites.addAll(others);
    return new Console(sites, way(spec, ca), Map.of(ca, spec.caBundle()));
  }

  /** Text of its backend, with what is asked of visitors; empty without a console. */
  String backend(List<String> asked) {
    String rules = asked.stream().map(r -> "    " + r + "\n").collect(Collectors.joining());
    return way.isEmpty() ? "" : "\nbackend " + BACKEND + "\n" + rules + way;
  }

  /** What is named here becomes configuration text, so it is checked once more. */
  private static boolean sound(ConsoleSpec spec) {
    return HOST.matcher(spec.host()).matches()
        && !spec.addresses().isEmpty()
        && spec.addresses().stream().allMatch(a -> ADDRESS.matcher(a).matches())
        && spec.caBundle().contains("-----BEGIN CERTIFICATE-----");
  }

  private static boolean taken(String host, List<Site> others) {
    return others.stream().anyMatch(s -> s.host().equals(host));
  }

  // No checks: they would be a handshake with the control plane by every node every few seconds.
  // Followed logs are quiet for as long as the app is. A WebSocket lives by timeout tunnel.
  private static String way(ConsoleSpec spec, Path ca) {
    StringBuilder out = new StringBuilder("    timeout server 1h\n");
    // HAProxy 2.6 breaks an HTTP/2 request off that it answers before its body has come.
    out.append("    http-request wait-for-body time 2s").append(AGENTS);
    out.append("    http-request return status 404 content-type application/problem+json string ");
    out.append("'{\"type\":\"/problems/no-such-page\",\"title\":\"Agents do not come this way.\",");
    out.append("\"status\":404,\"detail\":\"\"}'").append(AGENTS);
    int number = 0;
    for (String address : spec.addresses()) {
      out.append("    server c")
          .append(++number)
          .append(' ')
          .append(address)
          .append(':')
          .append(spec.port())
          .append(" no-check ssl verify required ca-file ")
          .append(ca)
          .append(" verifyhost ")
          .append(ConsoleSpec.CERTIFICATE_NAME)
          .append('\n');
    }
    return out.toString();
  }
}
