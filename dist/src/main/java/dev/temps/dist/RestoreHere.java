package dev.temps.dist;

import dev.temps.agent.identity.AgentFolder;
import dev.temps.agent.identity.NodeIdentity;
import dev.temps.cli.Io;
import dev.temps.cli.input.Questions;
import dev.temps.control.ControlPlane;
import dev.temps.control.Restored;
import dev.temps.control.ServeOptions;
import dev.temps.kit.Ids;
import dev.temps.kit.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** Puts a lost control plane back on this machine, to be started after. */
final class RestoreHere {
  private final Io io;
  private final ServeOptions options;
  private final LocalNode node;

  RestoreHere(Io io, ServeOptions options, LocalNode node) {
    this.io = io;
    this.options = options;
    this.node = node;
  }

  /** Restores from a snapshot, or the newest of a folder. */
  void from(Path snapshot) throws IOException {
    Secret given = options.recoveryKey();
    Secret key = given != null ? given : new Questions(io).secret("recovery key", null);
    if (!NodeIdentity.exists(AgentFolder.standard())) {
      node.prepare(io, options); // refuses before anything is written
    }
    Restored restored =
        ControlPlane.restore(
            options, snapshot, key, lost -> node.become(lost, options), io.time(), Ids.secure());
    tell(restored);
  }

  private void tell(Restored restored) {
    io.progress(
        "Restored cluster %s as of %s (version %s); its epoch is %d now."
            .formatted(
                restored.cluster(),
                Instant.ofEpochMilli(restored.takenAtMillis()),
                restored.version(),
                restored.epoch()));
    io.progress(
        switch (restored.machine()) {
          case promoted -> "The control plane moves to this node; the others will find it.";
          case replaced -> "This machine takes the lost one's place: same node, same keys.";
          case added -> "This machine joins as a new node; the lost one stays in the list.";
        });
    if (!restored.storeIncluded()) {
      io.progress(
          "The snapshot held keys and settings only; the data are those of the database server.");
    }
    io.progress("People reach it at " + String.join(", ", restored.urls()) + ".");
    io.progress("Tokens are as before: temps login " + restored.urls().getFirst());
    io.progress("Don't start the old control plane again; should it come back, it is refused.");
  }
}
