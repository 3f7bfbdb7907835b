package dev.temps.agent.name;

import dev.temps.contract.agent.ServiceSpec;
import java.util.List;
import java.util.regex.Pattern;

/** Names and their addresses as dnsmasq reads them. Pure. */
final class HostsFile {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private HostsFile() {}

  /** The whole file; a service whose names are none has no line. */
  static String of(List<Serving> services) {
    StringBuilder text = new StringBuilder("# Written by the Temps agent, overwritten by it.\n");
    for (Serving serving : services) {
      ServiceSpec service = serving.service();
      if (isLabel(service.name()) && isLabel(service.project())) {
        text.append(service.address()).append(' ').append(service.host()).append('\n');
        for (String member : serving.healthy()) {
          text.append(member).append(' ').append(service.headless()).append('\n');
        }
      }
    }
    return text.toString();
  }

  private static boolean isLabel(String text) {
    return LABEL.matcher(text).matches();
  }
}
