package dev.temps.agent.ingress;

import dev.temps.agent.ingress.Haproxy.LiveServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what HAProxy prints about itself. Pure. */
final class HaproxyState {
  /** Columns of {@code show servers state}, format 1; the state file starts with them, too. */
  static final String HEADER =
      "# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight"
          + " srv_iweight srv_time_since_last_change srv_check_status srv_check_result"
          + " srv_check_health srv_check_state srv_agent_state bk_f_forced_id srv_f_forced_id"
          + " srv_fqdn srv_port srvrecord srv_use_ssl srv_check_port srv_check_addr"
          + " srv_agent_addr srv_agent_port";

  private static final int FIELDS_MIN = 19;
  private static final int DOWN = 0; // srv_op_state
  private static final int FORCED_MAINTENANCE = 0x01; // bits of srv_admin_state
  private static final int FORCED_DRAIN = 0x08;

  private HaproxyState() {}

  /** The description in {@code show info}, empty when there is none. */
  static String description(String info) {
    return info.lines()
        .filter(line -> line.startsWith("description: "))
        .map(line -> line.substring("description: ".length()).strip())
        .findFirst()
        .orElse("");
  }

  /**
   * The servers.
   *
   * @param state output of {@code show servers state}
   * @param connections output of {@code show servers conn}
   */
  static List<LiveServer> servers(String state, String connections) {
    Map<String, Integer> used = new HashMap<>();
    for (String line : connections.lines().toList()) {
      String[] fields = line.split(" ");
      if (fields.length > 6 && fields[0].contains("/")) {
        used.put(fields[0], Integer.parseInt(fields[6]));
      }
    }
    List<LiveServer> servers = new ArrayList<>();
    for (String line : state.lines().toList()) {
      String[] fields = line.split(" ");
      if (fields.length >= FIELDS_MIN && !line.startsWith("#")) {
        servers.add(server(line, fields, used));
      }
    }
    return servers;
  }

  private static LiveServer server(String row, String[] fields, Map<String, Integer> used) {
    int admin = Integer.parseInt(fields[6]);
    return new LiveServer(
        fields[1],
        fields[3],
        fields[4],
        Integer.parseInt(fields[18]),
        Integer.parseInt(fields[7]),
        Integer.parseInt(fields[5]) != DOWN,
        Integer.parseInt(fields[9]),
        (admin & FORCED_MAINTENANCE) != 0,
        (admin & FORCED_DRAIN) != 0,
        used.getOrDefault(fields[1] + "/" + fields[3], 0),
        row);
  }
}
