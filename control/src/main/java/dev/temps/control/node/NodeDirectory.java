package dev.temps.control.node;

import dev.temps.control.store.Database;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The living nodes in memory, so that a report needs no query. Every change of a node in this
 * process is followed by {@link #refresh}. Thread-safe.
 */
public final class NodeDirectory {
  private final Database database;
  private final Map<String, Node> living = new ConcurrentHashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /** Reads the nodes of {@code database}. */
  public NodeDirectory(Database database) {
    this.database = database;
    database.read(NodeStore::living).forEach(n -> living.put(n.id(), n));
  }

  /** Reads one node again, after it was changed, made or removed. */
  public void refresh(String id) {
    // Under the map's own lock, so that an older read never replaces a younger one.
    living.compute(id, (_, _) -> read(id));
    listeners.forEach(Runnable::run);
  }

  /** {@code listener} runs after a node was read again; be quick. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  private @Nullable Node read(String id) {
    return database
        .read(h -> NodeStore.byId(h, id))
        .filter(n -> n.removedAt() == null)
        .orElse(null);
  }

  /** A living node. */
  public Optional<Node> find(String id) {
    return Optional.ofNullable(living.get(id));
  }

  /** All living nodes, in no order; a view that follows changes. */
  public Collection<Node> all() {
    return Collections.unmodifiableCollection(living.values());
  }
}
