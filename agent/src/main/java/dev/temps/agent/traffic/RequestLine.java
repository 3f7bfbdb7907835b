package dev.temps.agent.traffic;

import dev.temps.contract.agent.RequestLogged;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads one line of HAProxy about one request. It is used again and again, so that counting a
 * request makes no garbage; the fields that are only shown are read when somebody looks. What a
 * visitor chose stands last, so that nothing in it can pass for another field. Not thread-safe.
 */
public final class RequestLine {
  /**
   * The fields, one space between them. The path comes last because a line that is too long is cut,
   * and without its query because secrets hide there. The server's address is a number, because
   * writing it as text is a thirtieth of what a request costs (decision 016).
   */
  public static final String FORMAT =
      "%[date(0,ms)] %b %ST %U %B %Ta %rc %Tc %Tr %tsc %[var(txn.visitor)] %[bc_dst,add(0)]"
          + " %sslv %HV %HM %hr %HP";

  /** The longest line. */
  public static final int LENGTH_MAX = 2_048;

  /** What a backend's name begins with when an app is behind it. */
  private static final String APP = "app_";

  private static final int FIELDS = 17;
  private static final int NUMBER_MAX = 18; // digits of a long that can't overflow

  private final int[] starts = new int[FIELDS + 1];
  private byte[] line = new byte[0];
  private long at;
  private int status;
  private long received;
  private long sent;
  private long millis;
  private int retries;

  /**
   * Takes in the bytes from {@code from} up to {@code to}, without a line's end.
   *
   * @return whether it is a line of ours
   */
  boolean read(byte[] bytes, int from, int to) {
    line = bytes;
    int field = 0;
    starts[0] = from;
    for (int i = from; i < to && field < FIELDS - 1; i++) {
      if (bytes[i] == ' ') {
        starts[++field] = i + 1;
      }
    }
    starts[FIELDS] = to + 1;
    if (field < FIELDS - 1) {
      return false;
    }
    at = number(0);
    status = (int) Math.max(0, number(2));
    received = number(3);
    sent = number(4);
    millis = number(5);
    retries = (int) number(6);
    return at >= 0 && received >= 0 && sent >= 0 && retries >= 0 && status < 1_000;
  }

  /** When the request of a line ended, without reading the rest of it; 0 when it doesn't say. */
  public static long at(byte[] bytes, int from, int to) {
    long value = 0;
    for (int i = from; i < to && i < from + NUMBER_MAX && bytes[i] != ' '; i++) {
      value = value * 10 + (bytes[i] - '0');
    }
    return value;
  }

  /** A field as a number, −1 when it is none; HAProxy writes −1 for what did not happen. */
  private long number(int field) {
    int from = starts[field];
    int to = starts[field + 1] - 1;
    from += from < to && line[from] == '+' ? 1 : 0; // a request that went to another replica
    if (from >= to || to - from > NUMBER_MAX) {
      return -1;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = line[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /** When the request ended, milliseconds since the epoch. */
  long at() {
    return at;
  }

  /** Its status, 0 when there was none. */
  int status() {
    return status;
  }

  long received() {
    return received;
  }

  long sent() {
    return sent;
  }

  /** From the first byte to the last, −1 when it was given up before. */
  long millis() {
    return millis;
  }

  int retries() {
    return retries;
  }

  /** Whether an app was asked, and not the page for unknown hosts. */
  boolean ofApp() {
    int from = starts[1];
    boolean longer = starts[2] - 1 - from > APP.length();
    for (int i = 0; longer && i < APP.length(); i++) {
      longer = line[from + i] == APP.charAt(i);
    }
    return longer;
  }

  /** Where the app's name begins in the line. */
  int appFrom() {
    return starts[1] + APP.length();
  }

  /** Where it ends. */
  int appTo() {
    return starts[2] - 1;
  }

  private String text(int field) {
    int length = Math.max(0, starts[field + 1] - 1 - starts[field]);
    return new String(line, starts[field], length, StandardCharsets.UTF_8);
  }

  private @Nullable Long numberOrNull(int field) {
    long value = number(field);
    return value < 0 ? null : Long.valueOf(value);
  }

  private @Nullable String textOrNull(int field) {
    String text = text(field);
    return text.startsWith("-") ? null : text;
  }

  /** The address of who answered; lines of before 0.2 have it as text, with its port. */
  private @Nullable String server() {
    long address = number(11);
    if (address < 0) {
      return textOrNull(11);
    }
    StringBuilder text = new StringBuilder();
    for (int shift = 24; shift >= 0; shift -= 8) {
      text.append(address >> shift & 0xff).append(shift == 0 ? "" : ".");
    }
    return text.toString();
  }

  /** When the request ended, as logs write times. */
  String time() {
    return Instant.ofEpochMilli(at).toString();
  }

  /** Everything it says. */
  RequestLogged request() {
    String host = text(15);
    boolean braces = host.startsWith("{") && host.endsWith("}"); // so are captured headers written
    return new RequestLogged(
        text(10),
        text(14),
        braces ? host.substring(1, host.length() - 1) : host,
        text(16),
        text(13),
        textOrNull(12),
        status,
        received,
        sent,
        Math.max(0, millis),
        numberOrNull(7),
        numberOrNull(8),
        retries,
        server(),
        text(9));
  }
}
