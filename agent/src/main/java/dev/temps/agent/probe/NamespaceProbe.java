package dev.temps.agent.probe;

import dev.temps.agent.unit.Tool;
import dev.temps.contract.agent.MeshSelf;
import dev.temps.kit.Command;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The probe of a real machine: a named network namespace and a veth pair. */
public final class NamespaceProbe implements Probe {
  private static final String NAMESPACE = "temps-probe";
  private static final String OUTSIDE = "temps-probe0"; // the end on the bridge
  private static final String INSIDE = "eth0";
  private static final Pattern ROUND_TRIP = Pattern.compile("time=([0-9.]+) ms");
  private static final BigDecimal MICROS_PER_MILLI = BigDecimal.valueOf(1_000);
  private static final Duration REPEATED = Duration.ofSeconds(1); // below: a single packet
  private static final Duration MARGIN = Duration.ofMillis(200); // to start and end the program

  private final String bridge;

  /** A probe on {@code bridge}. */
  public NamespaceProbe(String bridge) {
    this.bridge = bridge;
  }

  @Override
  public void ensure(MeshSelf self) {
    if (!stands(self)) {
      build(self);
    }
  }

  private boolean stands(MeshSelf self) {
    Command.Result outside = Command.run(MARGIN.plusSeconds(2), "ip", "link", "show", OUTSIDE);
    Command.Result inside =
        Command.run(MARGIN.plusSeconds(2), "ip", "-n", NAMESPACE, "address", "show", INSIDE);
    return outside.ok()
        && outside.out().contains("master " + bridge + " ")
        && outside.out().contains("mtu " + self.mtu() + " ")
        && outside.out().contains("LOWER_UP")
        && inside.out().contains(" " + self.probeAddress() + "/");
  }

  private void build(MeshSelf self) {
    if (!Tool.succeeds("ip", "-n", NAMESPACE, "link", "show", "lo")) {
      var _ = Tool.succeeds("ip", "netns", "delete", NAMESPACE); // a file without a namespace
      Tool.must("ip", "netns", "add", NAMESPACE);
    }
    var _ = Tool.succeeds("ip", "link", "delete", OUTSIDE);
    Tool.must(
        "ip", "link", "add", OUTSIDE, "type", "veth", "peer", "name", INSIDE, "netns", NAMESPACE);
    Tool.feed(
        "link set dev %1$s mtu %2$d master %3$s up\n".formatted(OUTSIDE, self.mtu(), bridge),
        "ip",
        "-batch",
        "-");
    String prefix = self.subnet().substring(self.subnet().indexOf('/'));
    Tool.feed(
        """
        link set dev lo up
        link set dev %1$s address %2$s mtu %3$d up
        address replace %4$s%5$s dev %1$s
        route replace default via %6$s
        """
            .formatted(
                INSIDE,
                mac(self.probeAddress()),
                self.mtu(),
                self.probeAddress(),
                prefix,
                self.gateway()),
        "ip",
        "-n",
        NAMESPACE,
        "-batch",
        "-");
  }

  private static String seconds(Duration limit) {
    return BigDecimal.valueOf(limit.toMillis(), 3).toPlainString();
  }

  /** 02:42 and the four bytes of the address, as every container has it. */
  private static String mac(String address) {
    StringBuilder out = new StringBuilder("02:42");
    for (String octet : address.split("\\.", -1)) {
      out.append(String.format(":%02x", Integer.parseInt(octet)));
    }
    return out.toString();
  }

  @Override
  public OptionalLong ping(String address, Duration limit) {
    List<String> argv =
        new ArrayList<>(
            List.of("nsenter", "--net=/run/netns/" + NAMESPACE, "ping", "-n", "-c", "1"));
    if (limit.compareTo(REPEATED) < 0) {
      argv.addAll(List.of("-W", seconds(limit)));
    } else {
      // One lost packet is no silence: it asks again until an answer or the limit.
      argv.addAll(List.of("-w", Long.toString(limit.toSeconds()), "-i", "0.2"));
    }
    argv.add(address);
    Command.Result result = Command.run(argv, "", limit.plus(MARGIN));
    Matcher time = ROUND_TRIP.matcher(result.out());
    if (!result.ok() || !time.find()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(new BigDecimal(time.group(1)).multiply(MICROS_PER_MILLI).longValue());
  }
}
