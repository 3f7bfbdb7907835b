package dev.temps.sim;

import dev.temps.control.backup.Restores;
import dev.temps.control.mesh.AddressBook;
import dev.temps.control.mesh.ServiceAddresses;
import dev.temps.control.node.NodeStore;
import dev.temps.control.store.Database;
import dev.temps.control.store.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The loss of a control plane with its machine, and its restore on another from a snapshot. What a
 * restore changes in the store is what {@code control.Restore} does; sealing and keys are left out.
 */
final class Restoring {
  private static final int RESTED = 16;

  private final SimWorld world;
  private final SimControl lost;
  private final Path snapshot;

  /** Takes the snapshot that there will be, which is up to a minute old when it is needed. */
  Restoring(SimWorld world, SimControl lost) {
    this.world = world;
    this.lost = lost;
    this.snapshot = world.freshStore();
  }

  /** The machine is lost now; what it did since the last snapshot is lost with it. */
  void lose() {
    try {
      Path last = world.lastSnapshot();
      if (last == null) {
        lost.database.copyTo(snapshot);
      } else {
        Files.copy(last, snapshot);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    lost.kill();
    world.nodes.stream().filter(n -> n.name.equals(lost.machine)).forEach(SimNode::powerOff);
  }

  void restoreOn(SimNode node) {
    Path folder = world.freshStore();
    SimStore.restore(snapshot, folder);
    try (Database database = SimStore.open(folder)) {
      database.change(handle -> {
        boolean known = NodeStore.byId(handle, node.id).isPresent();
        Settings.put(handle, SimStore.EPOCH, Long.toString(lost.epoch + 1));
        NodeStore.runsControlPlane(handle, known ? node.id : null);
        new AddressBook(node.clock).restNext(handle, RESTED);
        new ServiceAddresses(node.clock).restNext(handle, RESTED);
        Restores.begin(
            handle,
            world.ids.next("op"),
            SimStore.CLUSTER,
            NodeStore.living(handle).size(),
            node.clock.millis());
      });
    }
    world.runs(new SimControl(world, node.name, folder));
  }

  /** The lost machine is found again and starts as if nothing had been, its control plane too. */
  void oneComesBack(long millis) {
    world.time.in(
        millis,
        () ->
            world.nodes.stream()
                .filter(n -> n.name.equals(lost.machine) && !n.removed)
                .forEach(n -> {
                  n.boot();
                  if (world.controlOn(n.name) == null) {
                    world.alsoRuns(new SimControl(world, n.name, lost.folder));
                  }
                }));
  }
}
