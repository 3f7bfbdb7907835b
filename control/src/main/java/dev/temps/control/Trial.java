package dev.temps.control;

import dev.temps.contract.agent.Contract;
import dev.temps.contract.release.ReleasePlaces;
import dev.temps.control.store.Database;
import dev.temps.control.store.DatabaseConfig;
import dev.temps.kit.DurableFile;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Whether this control plane is a new release on trial after an upgrade. Until the trial is over it
 * shows and hears everything and takes no change by anybody, starts nothing and sends no snapshot:
 * should the old release come back, with the store from before, nothing is lost. Thread-safe.
 */
final class Trial {
  /** How often {@link #step} should run. */
  static final Duration STEP_EVERY = Duration.ofMillis(200);

  private static final String SUFFIX = ".before";

  /** What agents need to prove the release. */
  private static final Set<String> HEARD = Set.of(Contract.SESSION, Contract.REPORT);

  private final ReleasePlaces places;
  private final Path home;
  private final List<Path> copies;
  private volatile boolean on;
  private volatile Runnable over = () -> {};

  private Trial(ReleasePlaces places, Path home, List<Path> copies, boolean on) {
    this.places = places;
    this.home = home;
    this.copies = List.copyOf(copies);
    this.on = on;
  }

  /** How it stands for the program in {@code home} and its store. */
  static Trial of(ReleasePlaces places, Path home, DatabaseConfig store) {
    List<Path> copies =
        switch (store) {
          case DatabaseConfig.Sqlite sqlite -> List.of(copy(sqlite.file()));
          case DatabaseConfig.Postgres _ -> List.of();
        };
    try {
      Trial trial = new Trial(places, home, copies, places.onTrial(home));
      if (!trial.on) {
        trial.dropCopies();
      }
      return trial;
    } catch (IOException e) {
      throw new UncheckedIOException("the outcome of the last upgrade can't be read", e);
    }
  }

  private static Path copy(Path store) {
    return store.resolveSibling(store.getFileName() + SUFFIX);
  }

  /** Opens the store; one that a new release changes is copied first, for the way back. */
  Database open(DatabaseConfig store) {
    return Database.open(
        store,
        copying -> {
          if (on && store instanceof DatabaseConfig.Sqlite sqlite) {
            keep(sqlite.file(), copying);
          }
        });
  }

  private void keep(Path file, Database.Copying copying) {
    Path copy = copy(file);
    Path half = file.resolveSibling(file.getFileName() + ".half");
    try {
      if (!Files.exists(copy)) { // else this release was killed after it had made the copy
        Files.deleteIfExists(half);
        var _ = copying.to(half);
        Files.move(half, copy, StandardCopyOption.ATOMIC_MOVE);
      }
      DurableFile.writePrivate(places.storeCopy(), (file + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException | SQLException e) {
      throw new ProblemException(
          Problem.of(
              "store-not-copied",
              507,
              "The store could not be copied before the new release changes it.",
              copy + ": " + e.getMessage(),
              "Make room on that disk."),
          e);
    }
  }

  private void dropCopies() throws IOException {
    Files.deleteIfExists(places.storeCopy());
    for (Path copy : copies) {
      Files.deleteIfExists(copy);
    }
  }

  /** Runs {@code work} when the trial is over, at once when there is none. */
  void whenOver(Runnable work) {
    over = work;
    if (!on) {
      work.run();
    }
  }

  /** Whether it still lasts; looks whether it is over. */
  boolean step() throws IOException {
    if (on && !places.onTrial(home)) {
      dropCopies();
      on = false;
      over.run();
    }
    return on;
  }

  /** Stands before every handler. */
  Handler gate() {
    return (request, response) -> {
      String path = request.path().path();
      boolean reads =
          request.prologue().method().equals(Method.GET)
              && !request.headers().contains(io.helidon.http.HeaderNames.UPGRADE);
      if (on && !reads && !HEARD.contains(path)) {
        throw Problem.of(
                "upgrade-on-trial",
                503,
                "The control plane was upgraded a moment ago and takes no change yet.",
                "It is proving itself, which takes some seconds, or a minute when it fails.",
                "Try again in a minute.")
            .raise();
      }
      response.next();
    };
  }
}
