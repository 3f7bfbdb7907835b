package dev.temps.agent;

import dev.temps.agent.part.Part;
import dev.temps.contract.agent.Condition;
import dev.temps.kit.Loop;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Runs one part in a loop of its own, so that no part waits for another. A step that throws is a
 * condition and one line in the log, not a line per try. Thread-safe.
 */
final class PartRunner<S> implements AutoCloseable {
  private static final Logger LOG = System.getLogger(PartRunner.class.getName());

  private final String name;
  private final Part<S> part;
  private final Duration period;
  private final Runnable changed;
  private volatile boolean assigned;
  private volatile String failure = "";
  private @Nullable Loop loop;

  /**
   * Not running yet.
   *
   * @param name also the condition's when a step throws
   * @param changed is told when a step begins or ceases to fail
   */
  PartRunner(String name, Part<S> part, Duration period, Runnable changed) {
    this.name = name;
    this.part = part;
    this.period = period;
    this.changed = changed;
  }

  synchronized void start(RandomGenerator random) {
    loop = Loop.start("part-" + name, period, this::step, random);
  }

  /** From now on this is what should be true; null: as before. */
  synchronized void assign(@Nullable S section) {
    if (section == null) {
      return;
    }
    part.assign(section);
    assigned = true;
    if (loop != null) {
      loop.wake();
    }
  }

  private void step() throws InterruptedException {
    if (!assigned) {
      return;
    }
    long before = part.appliedRevision();
    String words = "";
    try {
      part.step();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      words = e.getMessage() == null ? e.toString() : e.getMessage();
      if (!words.equals(failure)) {
        LOG.log(Level.WARNING, name + " can't be made true for now: " + words, e);
      }
    }
    boolean news = !words.equals(failure) || part.appliedRevision() != before;
    failure = words;
    if (news) {
      changed.run();
    }
  }

  /** The part's own, and one more while its step throws although it finds all well itself. */
  List<Condition> conditions() {
    List<Condition> all = new ArrayList<>(part.conditions());
    String words = failure;
    if (!words.isEmpty() && all.stream().allMatch(Condition::ok)) {
      all.removeIf(c -> c.name().equals(name));
      all.add(new Condition(name, false, words));
    }
    return all;
  }

  long applied() {
    return part.appliedRevision();
  }

  @Override
  public synchronized void close() {
    if (loop != null) {
      loop.close();
    }
  }
}
