package dev.temps.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SimNetTest {
  private final SimTime time = new SimTime();
  private final SimNet net = new SimNet(time, new SplittableRandom(7));
  private final List<Integer> arrived = new ArrayList<>();

  private void send(int count) {
    for (int i = 0; i < count; i++) {
      int number = i;
      net.send("a", "b", () -> arrived.add(number));
    }
    time.advance(10_000);
  }

  @Test
  void aWayIsCutInOneDirectionOnly() {
    net.cut("a", "b");
    send(10);
    assertEquals(List.of(), arrived);
    assertTrue(net.open("b", "a"));
    net.mend("a", "b");
    send(1);
    assertEquals(List.of(0), arrived);
  }

  @Test
  void badWeatherLosesDoublesAndReorders() {
    net.weather(0.3, 0.2, 500);
    send(1_000);
    List<Integer> once = arrived.stream().distinct().toList();
    assertTrue(once.size() > 600 && once.size() < 800, "arrived: " + once.size());
    assertTrue(arrived.size() > once.size(), "some come twice");
    assertNotEquals(once.stream().sorted().toList(), once, "some overtake others");
  }

  @Test
  void aMachineAlwaysReachesItself() {
    net.weather(1, 0, 10);
    net.cut("a", "a");
    assertTrue(net.arrives("a", "a"));
  }
}
