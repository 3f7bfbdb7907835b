package dev.temps.sim;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The network between machines: messages take their time, get lost, come twice or overtake each
 * other; a way may be cut in one direction. A machine always reaches itself.
 */
final class SimNet {
  private final SimTime time;
  private final RandomGenerator random;
  private final Set<String> cuts = new HashSet<>();
  private double loss;
  private double twice;
  private int slowest = 10;

  SimNet(SimTime time, RandomGenerator random) {
    this.time = time;
    this.random = random;
  }

  /** From now on that many of all messages are lost or come twice; delays up to {@code millis}. */
  void weather(double lost, double doubled, int millis) {
    loss = lost;
    twice = doubled;
    slowest = millis;
  }

  /** From now on nothing gets from one to the other; the way back is another one. */
  void cut(String from, String to) {
    cuts.add(way(from, to));
  }

  void mend(String from, String to) {
    cuts.remove(way(from, to));
  }

  /** All is as it should be. */
  void mendAll() {
    cuts.clear();
    weather(0, 0, 10);
  }

  private static String way(String from, String to) {
    return from + ">" + to;
  }

  boolean open(String from, String to) {
    return from.equals(to) || !cuts.contains(way(from, to));
  }

  /** Whether messages arrive wherever nothing is cut. */
  boolean fair() {
    return loss == 0;
  }

  /** Whether one packet sent now arrives. */
  boolean arrives(String from, String to) {
    return open(from, to) && (from.equals(to) || random.nextDouble() >= loss);
  }

  /** {@code arrival} runs when the message arrives, if it does, perhaps twice. */
  void send(String from, String to, Runnable arrival) {
    if (from.equals(to)) {
      time.in(1, arrival);
      return;
    }
    if (!arrives(from, to)) {
      return;
    }
    time.in(1 + random.nextInt(slowest), arrival);
    if (random.nextDouble() < twice) {
      time.in(1 + random.nextInt(slowest * 2), arrival);
    }
  }
}
