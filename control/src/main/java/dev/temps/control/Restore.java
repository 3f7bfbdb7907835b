package dev.temps.control;

import dev.temps.contract.agent.Assignment;
import dev.temps.contract.json.Json;
import dev.temps.control.audit.Actor;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.backup.Pieces;
import dev.temps.control.backup.Pieces.LocalNode;
import dev.temps.control.backup.Restores;
import dev.temps.control.backup.SnapshotFile;
import dev.temps.control.backup.SnapshotHeader;
import dev.temps.control.mesh.AddressBook;
import dev.temps.control.mesh.ServiceAddresses;
import dev.temps.control.node.NodeStore;
import dev.temps.control.secret.Recovered;
import dev.temps.control.store.DataDirectory;
import dev.temps.control.store.Database;
import dev.temps.control.store.Settings;
import dev.temps.kit.Ids;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Secret;
import dev.temps.kit.Time;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Puts a control plane back from a snapshot. All of the snapshot is checked before anything is
 * written; from the first byte written until the last, a mark in the data directory says that it is
 * unfinished, so that a kill in the middle leads to a restore from the beginning and to nothing
 * else.
 */
final class Restore {
  private static final int ADDRESSES_RESTED =
      16; // of each node and of services: a minute's deployments

  private final ServeOptions options;
  private final RestoreGround ground;
  private final Consumer<String> before;
  private final Time time;
  private final Ids ids;

  Restore(ServeOptions options, Time time, Ids ids) {
    this(options, _ -> {}, time, ids);
  }

  /**
   * A restore that can be looked at.
   *
   * @param before called with the name of each step that lasts, just before it
   */
  Restore(ServeOptions options, Consumer<String> before, Time time, Ids ids) {
    this.options = options;
    this.ground = new RestoreGround(options.dataDir(), before);
    this.before = before;
    this.time = time;
    this.ids = ids;
  }

  /**
   * Restores.
   *
   * @param place makes this machine the node that was lost, durably; called only when it has to be
   */
  Restored run(Path path, Secret recoveryKey, Consumer<Restored.LostNode> place) {
    ground.refuseIfTaken();
    SnapshotFile snapshot = SnapshotFile.open(path);
    SnapshotHeader header = snapshot.header();
    snapshot.refuseIfTooNew();
    Optional<LocalNode> local = localNode(header);
    Recovered key = Recovered.open(header.envelope(), recoveryKey);
    Set<String> names = snapshot.check(key);
    try (DataDirectory directory = DataDirectory.lock(options.dataDir())) {
      ground.refuseIfTaken(); // another restore may have ended meanwhile
      try {
        ground.begin();
        Restored restored = write(snapshot, key, local, names, place);
        ground.end();
        return restored;
      } catch (IOException e) {
        ground.undo();
        throw notWritten(directory.path(), e);
      } catch (RuntimeException e) {
        ground.undo();
        throw e;
      }
    }
  }

  private Optional<LocalNode> localNode(SnapshotHeader header) {
    try {
      Optional<LocalNode> local = LocalNode.in(options.agentFolder());
      if (local.isPresent() && !local.get().cluster().equals(header.cluster())) {
        throw Problem.conflict(
                "snapshot-of-another-cluster",
                "The snapshot is of another cluster than this machine; nothing was changed.",
                "It is of cluster "
                    + header.cluster()
                    + "; this machine is a node of "
                    + local.get().cluster()
                    + ".",
                "Take a snapshot of this cluster, or another machine.")
            .raise();
      }
      return local;
    } catch (IOException e) {
      throw notWritten(options.agentFolder(), e);
    }
  }

  private Restored write(
      SnapshotFile snapshot,
      Recovered key,
      Optional<LocalNode> local,
      Set<String> names,
      Consumer<Restored.LostNode> place)
      throws IOException {
    SnapshotHeader header = snapshot.header();
    Map<String, byte[]> agent = ground.extract(snapshot, key);
    ServeFile old = ServeFile.read(options.dataDir()).orElseThrow();
    ServeFile serve = moved(old);
    before.accept("settings");
    serve.write(options.dataDir());
    before.accept("key");
    key.writeKey(options.dataDir().resolve("master.key"));
    boolean replaces = local.isEmpty() && names.contains(Pieces.AGENT + Pieces.NODE);
    String nodeId = replaces ? nodeIn(agent) : local.map(LocalNode::id).orElse(null);
    long epoch = change(serve, header, nodeId);
    if (replaces) {
      before.accept("place");
      place.accept(new Restored.LostNode(new LinkedHashMap<>(agent), serve.urls(options.port())));
    }
    Restored.Machine machine =
        local.isPresent()
            ? Restored.Machine.promoted
            : replaces ? Restored.Machine.replaced : Restored.Machine.added;
    return new Restored(
        header.cluster(),
        header.version(),
        header.takenAtMillis(),
        epoch,
        header.hasStore(),
        machine,
        serve.urls(options.port()));
  }

  private static String nodeIn(Map<String, byte[]> agent) {
    byte[] json = Objects.requireNonNull(agent.get(Pieces.NODE));
    return Json.read(LocalNode.class, new String(json, StandardCharsets.UTF_8)).id();
  }

  /** Addresses of the lost machine lead nowhere now; names may be moved by their owner. */
  private ServeFile moved(ServeFile old) {
    ServeFile wished = ServeFile.merged(options, Optional.of(old));
    if (!options.advertise().isEmpty()) {
      return wished;
    }
    return new ServeFile(
        Advertised.elsewhere(old.advertise()),
        wished.domain(),
        wished.databaseUrl(),
        wished.port());
  }

  private long change(ServeFile serve, SnapshotHeader header, @Nullable String nodeId)
      throws IOException {
    long seen = epochSeenHere();
    before.accept("open the store");
    try (Database database = Database.open(serve.database(options.dataDir()))) {
      return database.write(handle -> {
        refuseOther(handle, header);
        refuseUnknown(handle, nodeId);
        long stored = Long.parseLong(Settings.get(handle, FirstStart.EPOCH));
        long epoch = Math.max(Math.max(stored, header.epoch()), seen) + 1;
        before.accept("change");
        Settings.put(handle, FirstStart.EPOCH, Long.toString(epoch));
        NodeStore.runsControlPlane(handle, nodeId);
        new AddressBook(time).restNext(handle, ADDRESSES_RESTED);
        new ServiceAddresses(time).restNext(handle, ADDRESSES_RESTED);
        new AuditLog(time, ids).done(handle, Actor.SELF, "cluster.restore", "epoch " + epoch);
        Restores.begin(
            handle,
            ids.next("op"),
            header.cluster(),
            NodeStore.living(handle).size(),
            time.millis());
        before.accept("commit");
        return epoch;
      });
    }
  }

  private static void refuseOther(Handle handle, SnapshotHeader header) {
    String found = Settings.find(handle, FirstStart.CLUSTER).orElse("none");
    if (!found.equals(header.cluster())) {
      throw Problem.conflict(
              "snapshot-of-another-cluster",
              "The snapshot is of another cluster than the database; nothing was changed.",
              "It is of cluster " + header.cluster() + "; the database holds " + found + ".",
              "Give the right --database-url, or the snapshot of that cluster.")
          .raise();
    }
  }

  private static void refuseUnknown(Handle handle, @Nullable String nodeId) {
    boolean unknown =
        nodeId != null
            && NodeStore.byId(handle, nodeId).filter(n -> n.removedAt() == null).isEmpty();
    if (unknown) {
      throw Problem.conflict(
              "node-not-in-snapshot",
              "The snapshot does not know this machine; nothing was changed.",
              "It is node " + nodeId + ", which joined after the snapshot or was removed.",
              "Restore on another machine, or take a younger snapshot.")
          .raise();
    }
  }

  /** The highest epoch this machine's agent has seen: the snapshot may be older than that. */
  private long epochSeenHere() throws IOException {
    Path journal = options.agentFolder().resolve("assignment.json");
    try {
      return Files.exists(journal)
          ? Json.read(Assignment.class, Files.readString(journal)).epoch()
          : 0;
    } catch (ProblemException e) {
      return 0; // a damaged journal has seen nothing
    }
  }

  private static ProblemException notWritten(Path where, IOException e) {
    return new ProblemException(
        Problem.of(
            "restore-not-written",
            507,
            "The control plane could not be restored here; what was written is removed again.",
            where + ": " + e.getMessage(),
            "Make room on that disk and run the same command again."),
        e);
  }
}
