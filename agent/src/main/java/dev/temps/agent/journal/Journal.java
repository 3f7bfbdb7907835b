package dev.temps.agent.journal;

import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.Condition;
import dev.temps.contract.agent.WorkloadSpec;
import dev.temps.contract.json.Json;
import dev.temps.kit.DurableFile;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the assignment in one private file, and beside it what became unclaimed by a restore of the
 * control plane. A damaged file is set aside, never a reason not to start; a full disk is a
 * condition, never a reason not to act. Thread-safe.
 */
public final class Journal {
  private static final Logger LOG = System.getLogger(Journal.class.getName());

  // What to make true when the section is gone; no revision of a control plane.
  private static final Assignment.Walls NO_WALLS = new Assignment.Walls(-1, "", List.of());

  private final Path file;
  private final Path unclaimedFile;
  private volatile Unclaimed unclaimed = Unclaimed.NONE;
  private volatile @Nullable Assignment current;
  private volatile long heard = -1;
  private volatile Condition condition = new Condition("journal", true, "");

  private Journal(Path file) {
    this.file = file;
    this.unclaimedFile = file.resolveSibling("unclaimed.json");
  }

  /** Reads the file if there is one; one that can't be read is renamed and told about. */
  public static Journal open(Path file, Time time) {
    Journal journal = new Journal(file);
    journal.readUnclaimed();
    if (!Files.exists(file)) {
      return journal;
    }
    try {
      journal.current = Json.read(Assignment.class, Files.readString(file));
    } catch (ProblemException | IOException e) {
      journal.setAside(e, time);
    }
    return journal;
  }

  private void readUnclaimed() {
    if (!Files.exists(unclaimedFile)) {
      return;
    }
    try {
      unclaimed = Json.read(Unclaimed.class, Files.readString(unclaimedFile));
    } catch (ProblemException | IOException e) {
      LOG.log(Level.WARNING, unclaimedFile + " can't be read; nothing is unclaimed: " + e);
    }
  }

  private void setAside(Exception why, Time time) {
    Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + time.millis());
    String words = "The stored assignment " + file + " can't be read (" + why.getMessage() + "). ";
    try {
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      words += "It was set aside as " + aside.getFileName();
    } catch (IOException e) {
      words += "It could not be set aside either: " + e.getMessage();
    }
    words += "; this node waits for the control plane to send it again.";
    condition = new Condition("journal", false, words);
    LOG.log(Level.WARNING, words);
  }

  /** What is assigned, all sections known so far; null before the first. */
  public @Nullable Assignment current() {
    return current;
  }

  /** Highest epoch seen, of an assignment or {@link #heard}; −1 for none. */
  public long epoch() {
    Assignment known = current;
    return Math.max(known == null ? -1 : known.epoch(), heard);
  }

  /**
   * A control plane of that epoch speaks for the cluster, though nothing of it was assigned yet:
   * one of a lower epoch, which may have come back, is not followed any more. Kept in memory only:
   * who speaks says so again as long as this node is silent to it.
   */
  public synchronized void heard(long epoch) {
    heard = Math.max(heard, epoch);
  }

  /**
   * Takes over what is new: sections it lacks stay as they were. It counts from now on even if the
   * disk refuses it; {@link #condition} says so and the next call tries again.
   *
   * @return the news as the node must make them true: with what is unclaimed
   */
  public synchronized Assignment accept(Assignment news) {
    Unclaimed left = unclaimed.after(current, news);
    if (!left.equals(unclaimed)) {
      unclaimed = left;
      saveUnclaimed(); // before the assignment that no longer names them
    }
    Assignment before = current;
    Assignment merged = merge(before, news);
    current = merged;
    save(merged);
    boolean open = before != null && before.walls() != null && merged.walls() == null;
    return left.with(open ? walled(news, NO_WALLS) : news);
  }

  /** All that is known, as the node must make it true; null before the first assignment. */
  public synchronized @Nullable Assignment toMakeTrue() {
    Assignment known = current;
    return known == null ? null : unclaimed.with(known);
  }

  /** What runs here although the control plane does not know it, since it was restored. */
  public List<WorkloadSpec> unclaimed() {
    return unclaimed.items();
  }

  /**
   * A person does not want it any more.
   *
   * @return whether it was unclaimed; then {@link #toMakeTrue} no longer has it
   */
  public synchronized boolean discard(String id) {
    Unclaimed left = unclaimed.without(id);
    boolean was = !left.equals(unclaimed);
    if (was) {
      unclaimed = left;
      saveUnclaimed();
    }
    return was;
  }

  private void saveUnclaimed() {
    try {
      DurableFile.writePrivate(
          unclaimedFile, Json.write(unclaimed).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.log(Level.WARNING, "What is unclaimed can't be written: " + e);
    }
  }

  /** Tells a person what is unclaimed. */
  public Condition unclaimedCondition() {
    List<WorkloadSpec> items = unclaimed.items();
    if (items.isEmpty()) {
      return new Condition("unclaimed", true, "");
    }
    return new Condition(
        "unclaimed",
        false,
        "The control plane was restored and does not know these; they are kept running: "
            + items.stream()
                .map(s -> s.app() + " (" + s.id() + ", " + s.image() + ")")
                .collect(Collectors.joining(", "))
            + ". Deploy the app again, then: temps node discard NODE ID");
  }

  /** Writes again what the disk refused. */
  public synchronized void retry() {
    Assignment known = current;
    if (!condition.ok() && known != null) {
      save(known);
    }
  }

  private void save(Assignment assignment) {
    try {
      DurableFile.writePrivate(file, Json.write(assignment).getBytes(StandardCharsets.UTF_8));
      condition = new Condition("journal", true, "");
    } catch (IOException e) {
      String words =
          "The assignment can't be written to "
              + file
              + ": "
              + e.getMessage()
              + ". It is carried out all the same, but would be lost by a reboot. Free some disk.";
      condition = new Condition("journal", false, words);
      LOG.log(Level.WARNING, words);
    }
  }

  private static Assignment merge(@Nullable Assignment old, Assignment news) {
    if (old == null) {
      return news;
    }
    // After a restore every section travels: what doesn't, that control plane does not know.
    boolean restored = news.epoch() > old.epoch();
    return new Assignment(
        news.cluster(),
        news.epoch(),
        news.controls().isEmpty() ? old.controls() : news.controls(),
        news.workloads() == null ? old.workloads() : news.workloads(),
        news.peers() == null ? old.peers() : news.peers(),
        news.routes() == null ? old.routes() : news.routes(),
        news.certificates() == null ? old.certificates() : news.certificates(),
        news.walls() == null && !restored ? old.walls() : news.walls(),
        news.names() == null ? old.names() : news.names());
  }

  private static Assignment walled(Assignment news, Assignment.Walls walls) {
    return new Assignment(
        news.cluster(),
        news.epoch(),
        news.controls(),
        news.workloads(),
        news.peers(),
        news.routes(),
        news.certificates(),
        walls,
        news.names());
  }

  /** Whether the assignment is safely on disk. */
  public Condition condition() {
    return condition;
  }
}
