package dev.temps.agent.upgrade;

import dev.temps.contract.release.ReleasePlaces;
import dev.temps.kit.DurableFile;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Writes down that the control plane accepted a report of the release that runs, while that release
 * is on trial: the script that switches waits for it. Thread-safe.
 */
public final class Acceptance {
  private static final Logger LOG = System.getLogger(Acceptance.class.getName());

  private final ReleasePlaces places;
  private final Path home;

  /** For the release in {@code home}. */
  public Acceptance(ReleasePlaces places, Path home) {
    this.places = places;
    this.home = home;
  }

  /** A report was accepted; does nothing when no release is on trial. */
  public void accepted() {
    try {
      if (places.onTrial(home)) {
        DurableFile.writePrivate(places.accepted(), (home + "\n").getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the proof of this release could not be written: " + e);
    }
  }
}
