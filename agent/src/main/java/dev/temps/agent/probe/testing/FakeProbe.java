package dev.temps.agent.probe.testing;

import dev.temps.agent.probe.Probe;
import dev.temps.contract.agent.MeshSelf;
import dev.temps.kit.Problem;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A network in which exactly the addresses that were opened answer. Thread-safe. */
public final class FakeProbe implements Probe {
  private final Map<String, Long> answers = new HashMap<>();
  private @Nullable MeshSelf standing;
  private boolean bridgeless;
  private int pings;

  @Override
  public synchronized void ensure(MeshSelf self) {
    if (bridgeless) {
      throw Problem.of("tool-failed", 500, "There is no bridge.", "", "").raise();
    }
    standing = self;
  }

  @Override
  public synchronized OptionalLong ping(String address, Duration limit) {
    pings++;
    Long micros = standing == null ? null : answers.get(address);
    return micros == null ? OptionalLong.empty() : OptionalLong.of(micros);
  }

  /** From now on the address answers after that time. */
  public synchronized void open(String address, long roundTripMicros) {
    answers.put(address, roundTripMicros);
  }

  /** From now on the address doesn't answer. */
  public synchronized void shut(String address) {
    answers.remove(address);
  }

  /** Whether {@link #ensure} fails. */
  public synchronized void bridgeless(boolean without) {
    bridgeless = without;
  }

  /** Pings sent so far. */
  public synchronized int pings() {
    return pings;
  }
}
