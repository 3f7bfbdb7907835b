package dev.temps.dist;

import dev.temps.agent.identity.AgentFolder;
import dev.temps.agent.identity.NodeIdentity;
import dev.temps.agent.journal.Journal;
import dev.temps.agent.snapshot.SnapshotFetch;
import dev.temps.agent.snapshot.SnapshotShelf;
import dev.temps.cli.Io;
import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.PeerSpec;
import dev.temps.kit.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Brings the newest snapshot of the other nodes to this one, over the mesh. Stateless. */
final class SnapshotsOfOthers {
  private SnapshotsOfOthers() {}

  /**
   * The folder with what was fetched, and what this node had before.
   *
   * @param wished a node, or {@code any}
   * @throws dev.temps.kit.ProblemException when this machine is no node, or none was to be had
   */
  static Path fetch(Io io, String wished) throws IOException {
    AgentFolder folder = AgentFolder.standard();
    if (!NodeIdentity.exists(folder)) {
      throw Problem.conflict(
              "not-a-node",
              "Only a node can fetch a snapshot: nodes give it to each other over the mesh.",
              "This machine is no node of the cluster.",
              "Copy a file of "
                  + folder.snapshots()
                  + " from a node, and: temps serve --restore FILE")
          .raise();
    }
    NodeIdentity identity = NodeIdentity.load(folder, io.time());
    Assignment all = Journal.open(folder.assignment(), io.time()).current();
    List<PeerSpec> peers = all == null || all.peers() == null ? List.of() : all.peers().items();
    SnapshotShelf shelf = new SnapshotShelf(folder.snapshots(), Contract.SNAPSHOT_BYTES_MAX);
    Optional<SnapshotFetch.Fetched> fetched =
        new SnapshotFetch(id -> identity.peerContext(id::equals), Contract.PEER_PORT)
            .newest(SnapshotFetch.chosen(peers, wished), shelf);
    io.progress(
        fetched
            .map(f ->
                "Fetched the snapshot of "
                    + Instant.ofEpochMilli(f.snapshot().takenAtMillis())
                    + " from "
                    + f.node()
                    + ".")
            .orElse("The newest snapshot of this node is as new as theirs."));
    return folder.snapshots();
  }
}
