package dev.temps.agent.session;

import dev.temps.agent.journal.Journal;
import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.Section;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows this node's assignment by long polls: what is new goes to the journal, then to the parts.
 * {@link #step} is one poll and is run by one thread; {@link #abandon} may be called by any.
 */
public final class AssignmentFollower {
  private static final Logger LOG = System.getLogger(AssignmentFollower.class.getName());
  private static final Duration WAIT = Duration.ofSeconds(25);
  private static final Duration READ_LIMIT = WAIT.plusSeconds(5);
  private static final Duration QUICK = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration REFUSED_PAUSE = Duration.ofSeconds(5);

  private final ControlClient client;
  private final Journal journal;
  private final String cluster;
  private final Consumer<Assignment> news;
  private final Time time;
  private volatile @Nullable CompletableFuture<Optional<Assignment>> poll;
  private volatile String refused = "";
  private volatile boolean answered;

  /** Gives what is new, after it is on disk, to {@code news}; null sections are unchanged. */
  public AssignmentFollower(
      ControlClient client, Journal journal, String cluster, Consumer<Assignment> news, Time time) {
    this.client = client;
    this.journal = journal;
    this.cluster = cluster;
    this.news = news;
    this.time = time;
  }

  /** Why the last assignment was not taken, "" when it was. */
  public String refused() {
    return refused;
  }

  /** Whether the control plane has told this process, since its start, what is to be. */
  public boolean answered() {
    return answered;
  }

  /** Gives up the poll under way, because another URL is in use now. */
  public void abandon() {
    CompletableFuture<Optional<Assignment>> running = poll;
    if (running != null) {
      running.cancel(false);
    }
  }

  /** One poll; the first answers at once, later ones wait up to 25 seconds for news. */
  public void step() throws InterruptedException {
    Duration start = time.elapsed();
    boolean took;
    try {
      took = poll(query()).map(this::take).orElse(false);
      answered = true;
    } catch (CancellationException e) {
      return; // nobody has answered; the next step asks at the other URL
    } catch (ControlAwayException e) {
      took = false; // The session tells about it.
    } catch (ProblemException e) {
      LOG.log(Level.DEBUG, "no assignment: " + e.getMessage());
      time.pause(REFUSED_PAUSE);
      return;
    }
    journal.retry();
    if (!took && time.elapsed().minus(start).compareTo(QUICK) < 0) {
      time.pause(PAUSE);
    }
  }

  private Map<String, String> query() {
    Assignment known = journal.current();
    Assignment.Workloads workloads = known == null ? null : known.workloads();
    Assignment.Peers peers = known == null ? null : known.peers();
    Assignment.Routes routes = known == null ? null : known.routes();
    Assignment.Certificates certificates = known == null ? null : known.certificates();
    Assignment.Walls walls = known == null ? null : known.walls();
    Assignment.Names names = known == null ? null : known.names();
    Map<String, String> query = new LinkedHashMap<>();
    query.put("epoch", text(journal.epoch()));
    query.put(Section.workloads.name(), text(workloads == null ? -1 : workloads.revision()));
    query.put(Section.peers.name(), text(peers == null ? -1 : peers.revision()));
    query.put(Section.routes.name(), text(routes == null ? -1 : routes.revision()));
    query.put(
        Section.certificates.name(), text(certificates == null ? -1 : certificates.revision()));
    query.put(Section.walls.name(), text(walls == null ? -1 : walls.revision()));
    query.put(Section.names.name(), text(names == null ? -1 : names.revision()));
    query.put("wait", text(answered ? WAIT.toSeconds() : 0));
    return query;
  }

  private static String text(long number) {
    return String.valueOf(number);
  }

  /** On a thread of its own, so that it can be given up while it waits on a dead path. */
  private Optional<Assignment> poll(Map<String, String> query) throws InterruptedException {
    CompletableFuture<Optional<Assignment>> running = new CompletableFuture<>();
    poll = running;
    Thread.ofVirtual()
        .name("assignment-poll")
        .start(() -> {
          try {
            running.complete(client.get(Contract.ASSIGNMENT, query, Assignment.class, READ_LIMIT));
          } catch (RuntimeException e) {
            running.completeExceptionally(e);
          }
        });
    try {
      return running.get(READ_LIMIT.toMillis() * 4, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (TimeoutException e) {
      return Optional.empty();
    }
  }

  private boolean take(Assignment offered) {
    if (!offered.cluster().equals(cluster)) {
      return refuse("It is for cluster " + offered.cluster() + ", this node is of " + cluster);
    }
    if (offered.epoch() < journal.epoch()) {
      return refuse(Epochs.lower(offered.epoch(), journal.epoch()).line());
    }
    refused = "";
    client.urls().replace(offered.controls());
    if (!isNews(offered)) {
      return false;
    }
    news.accept(journal.accept(offered));
    return true;
  }

  private boolean refuse(String why) {
    if (!refused.equals(why)) {
      LOG.log(Level.WARNING, "assignment refused: " + why);
    }
    refused = why;
    return false;
  }

  private boolean isNews(Assignment offered) {
    Assignment known = journal.current();
    return known == null
        || offered.epoch() > known.epoch()
        || (!offered.controls().isEmpty() && !offered.controls().equals(known.controls()))
        || offered.workloads() != null
        || offered.peers() != null
        || offered.routes() != null
        || offered.certificates() != null
        || offered.walls() != null
        || offered.names() != null;
  }
}
