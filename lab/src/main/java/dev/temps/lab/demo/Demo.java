package dev.temps.lab.demo;

import dev.temps.kit.Time;
import dev.temps.lab.Lab;
import dev.temps.lab.Machine;
import dev.temps.lab.product.Product;
import dev.temps.lab.product.Replica;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests run, a machine with a replica loses power and gets it back, and every second somebody
 * may look. One run of it, by one thread.
 */
public final class Demo {
  private static final Duration BEFORE = Duration.ofSeconds(5);
  private static final Duration AFTER = Duration.ofSeconds(3);
  private static final Duration HEAL_LIMIT = Duration.ofMinutes(2);
  private static final Duration TICK = Duration.ofSeconds(1);

  private final Lab lab;
  private final Product product;
  private final Time time;
  private final Screen screen;

  /** A demo on that lab, watched on that screen. */
  public Demo(Lab lab, Screen screen, Time time) {
    this.lab = lab;
    this.product = new Product(lab);
    this.time = time;
    this.screen = screen;
  }

  /**
   * Runs it.
   *
   * @param wanted the machine that loses power; null for one that fits
   * @param dark how long it has none
   * @param told hears in one line what is going to happen, and which machine is concerned
   * @throws dev.temps.kit.ProblemException when the lab isn't in a state to show anything
   */
  public Outcome run(@Nullable String wanted, Duration dark, Consumer<String> told) {
    Cast cast = Cast.of(lab, product, wanted);
    told.accept(cast.line());
    Machine victim = cast.victim();
    String host = Product.host(Product.APP);
    try (Watch watch = new Watch(lab, product, time);
        Load load = new Load(cast.through(), host, time)) {
      Shot shot = new Shot(load, watch);
      shot.during(BEFORE, () -> "all machines have power");
      Duration cut = time.elapsed();
      victim.powerOff();
      shot.during(
          dark.minus(time.elapsed().minus(cut)),
          () ->
              victim.name()
                  + " has had no power for "
                  + time.elapsed().minus(cut).toSeconds()
                  + " s");
      Duration back = time.elapsed();
      Duration healed = heal(shot, cast, back);
      shot.during(AFTER, () -> healed == null ? "not as before" : "all is as before");
      requireLoad(load);
      return new Outcome(victim.name(), Load.RATE, load.counts(), cut, back.minus(cut), healed);
    } finally {
      victim.powerOn(); // Already done, unless something went wrong in between.
    }
  }

  /** Power on, and wait until all is as before. Null when it isn't within the limit. */
  private @Nullable Duration heal(Shot shot, Cast cast, Duration back) {
    Machine victim = cast.victim();
    FutureTask<Boolean> healing =
        new FutureTask<>(() -> {
          victim.powerOn();
          Duration end = back.plus(HEAL_LIMIT);
          while (time.elapsed().compareTo(end) < 0) {
            if (shot.watch.ready(victim.name()) && asBefore(cast)) {
              return true;
            }
            time.pause(TICK);
          }
          return false;
        });
    Thread.ofVirtual().name("lab-demo-heal").start(healing);
    shot.until(
        healing::isDone,
        () ->
            victim.name()
                + " has had power again for "
                + time.elapsed().minus(back).toSeconds()
                + " s");
    Duration took = time.elapsed().minus(back);
    try {
      return healing.get() ? took : null;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** As many replicas run as before, and the machine that was away answers. */
  private boolean asBefore(Cast cast) {
    long running = product.replicas(Product.APP).stream().filter(Replica::running).count();
    return running >= cast.replicas().size()
        && product.status(cast.victim(), Product.APP).equals("200");
  }

  private static void requireLoad(Load load) {
    if (!load.running()) {
      throw new IllegalStateException("the requests stopped before the end of the demo");
    }
  }

  /** Shows frames. */
  private final class Shot {
    private final Duration start = time.elapsed();
    private final Load load;
    private final Watch watch;

    private Shot(Load load, Watch watch) {
      this.load = load;
      this.watch = watch;
    }

    private void during(Duration length, Supplier<String> phase) {
      Duration end = time.elapsed().plus(length);
      until(() -> time.elapsed().compareTo(end) >= 0, phase);
    }

    private void until(BooleanSupplier over, Supplier<String> phase) {
      while (!over.getAsBoolean()) {
        Duration now = time.elapsed();
        screen.show(new Frame(now.minus(start), phase.get(), load.counts(), now, watch.lines()));
        try {
          time.pause(TICK);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }
}
