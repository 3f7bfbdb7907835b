package dev.temps.cli.input;

import dev.temps.cli.Misuse;
import dev.temps.kit.Text;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A port as lists write it, {@code 5432/tcp}: the same number of the other protocol is another.
 *
 * @param protocol tcp or udp
 */
public record PortName(int number, String protocol) {
  /** The highest number a port has. */
  public static final int MAX = 65_535;

  private static final Pattern SHAPE = Pattern.compile("([^/]*)/(tcp|udp)");

  /** What was typed; refused with a reason when it is no such name. */
  public static PortName parse(String text) {
    Matcher found = SHAPE.matcher(text.strip());
    if (!found.matches()) {
      throw Misuse.of(
          Text.quoted(text) + " can't be used for port.",
          "Give number and protocol, e.g. 5432/tcp; temps expose list has them.");
    }
    return new PortName(Amounts.whole("port", found.group(1), 1, MAX), found.group(2));
  }

  @Override
  public String toString() {
    return number + "/" + protocol;
  }
}
