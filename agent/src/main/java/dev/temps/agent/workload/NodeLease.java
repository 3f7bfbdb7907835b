package dev.temps.agent.workload;

import dev.temps.contract.agent.Lease;
import dev.temps.kit.Time;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Until when exclusive workloads may run on this node: renewed by every accepted report, counted
 * from when that was sent. It outlives the agent's process but not the machine's boot: it is kept
 * in a folder that a boot empties, by the time since the boot. Thread-safe.
 */
public final class NodeLease {
  private static final Logger LOG = System.getLogger(NodeLease.class.getName());

  private final Time time;
  private final @Nullable Path file;
  private final Path uptime;
  private volatile @Nullable Duration sentAt;
  private volatile boolean wanted;
  private volatile Runnable fresh = () -> {};

  private NodeLease(@Nullable Path file, Path uptime, Time time) {
    this.file = file;
    this.uptime = uptime;
    this.time = time;
  }

  /**
   * The lease as the last process of this boot left it.
   *
   * @param file in a folder that a boot empties
   * @param uptime the kernel's {@code /proc/uptime}
   */
  public static NodeLease open(Path file, Path uptime, Time time) {
    NodeLease lease = new NodeLease(file, uptime, time);
    lease.read(file);
    return lease;
  }

  /** A lease that ends with the process. */
  static NodeLease inMemory(Time time) {
    return new NodeLease(null, Path.of("none"), time);
  }

  private void read(Path from) {
    if (!Files.exists(from)) {
      return;
    }
    try {
      Duration left = Duration.ofMillis(Long.parseLong(Files.readString(from).strip()));
      Duration age = sinceBoot().minus(left);
      if (!age.isNegative()) {
        sentAt = time.elapsed().minus(age);
      }
    } catch (IOException | NumberFormatException e) {
      LOG.log(Level.WARNING, from + " can't be read, so there is no lease until it is renewed", e);
    }
  }

  private Duration sinceBoot() throws IOException {
    String seconds = Files.readString(uptime).split(" ", -1)[0];
    return Duration.ofMillis((long) (Double.parseDouble(seconds) * 1_000));
  }

  /** Called when there is a lease again after there was none. */
  void onFresh(Runnable listener) {
    fresh = listener;
  }

  /** Whether anything here needs it; nothing is written for those that don't. */
  void wanted(boolean is) {
    wanted = is;
  }

  /** A report was accepted that was sent at that time of {@code Time.elapsed}. */
  public void renew(Duration sent) {
    boolean had = held();
    sentAt = sent;
    if (wanted) {
      write(sent);
    }
    if (!had && held()) {
      fresh.run();
    }
  }

  private void write(Duration sent) {
    Path target = file;
    if (target == null) {
      return;
    }
    try {
      long stamp = sinceBoot().minus(time.elapsed().minus(sent)).toMillis();
      Path next = target.resolveSibling(target.getFileName() + ".new");
      Files.writeString(next, String.valueOf(stamp));
      Files.move(next, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | NumberFormatException e) {
      // Worse than nothing would be an old one that looks young; this one only looks older.
      LOG.log(Level.DEBUG, "the lease can't be kept for the next process: " + e);
    }
  }

  private Optional<Duration> age() {
    Duration sent = sentAt;
    return sent == null ? Optional.empty() : Optional.of(time.elapsed().minus(sent));
  }

  /** Whether exclusive workloads may start and run. */
  boolean held() {
    return age().filter(a -> a.compareTo(Lease.STOPS_AFTER) < 0).isPresent();
  }

  /** When they must be stopped if it is not renewed, on the clock of {@code Time.elapsed}. */
  Optional<Duration> stopsAt() {
    return Optional.ofNullable(sentAt).map(sent -> sent.plus(Lease.STOPS_AFTER));
  }

  /** How long they may take to stop: whole seconds, for that is what engines count. */
  Duration grace(Duration wished) {
    Duration left = age().map(Lease.ENDS_AFTER::minus).orElse(Duration.ZERO);
    Duration most = left.isNegative() ? Duration.ZERO : left;
    return Duration.ofSeconds((wished.compareTo(most) < 0 ? wished : most).toSeconds());
  }
}
