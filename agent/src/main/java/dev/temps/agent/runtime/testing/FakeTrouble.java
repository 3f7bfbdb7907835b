package dev.temps.agent.runtime.testing;

import dev.temps.agent.runtime.EngineException;
import dev.temps.agent.runtime.EngineException.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Trouble the fake was told to have, by what it hits, e.g. {@code pull web:1}. Thread-safe. */
final class FakeTrouble {
  private final Map<String, EngineException> failing = new HashMap<>();
  private final Set<String> hanging = new HashSet<>();
  private boolean away;

  synchronized void fail(String what, EngineException with) {
    failing.put(what, with);
  }

  synchronized void hang(String what) {
    hanging.add(what);
  }

  synchronized void away(boolean is) {
    away = is;
    notifyAll();
  }

  synchronized void end(String what) {
    failing.remove(what);
    hanging.remove(what);
    notifyAll();
  }

  /** Throws or waits as told; to be called without any lock held. */
  synchronized void meet(String what) {
    reachable();
    try {
      while (hanging.contains(what)) {
        wait();
        reachable();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.interrupted, "interrupted", e);
    }
    EngineException failure = failing.get(what);
    if (failure != null) {
      throw new EngineException(failure.kind(), failure.words());
    }
  }

  synchronized void reachable() {
    if (away) {
      throw new EngineException(Kind.unreachable, "Docker isn't answering; is it running?");
    }
  }
}
