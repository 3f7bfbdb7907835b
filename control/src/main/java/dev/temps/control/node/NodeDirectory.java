package dev.temps.control.node;

import dev.temps.control.store.Database;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The living nodes in memory, so that a report needs no query. Every change of a node in this
 * process is followed by {@link #refresh}. Thread-safe.
 */
public final class NodeDirectory {
  private final Database database;
  private volatile Map<String, Node> living;

  /** Reads the nodes of {@code database}. */
  public NodeDirectory(Database database) {
    this.database = database;
    this.living = load();
  }

  private Map<String, Node> load() {
    List<Node> nodes = database.read(NodeStore::living);
    return nodes.stream().collect(Collectors.toUnmodifiableMap(Node::id, Function.identity()));
  }

  /** Reads them again. */
  public synchronized void refresh() {
    living = load();
  }

  /** A living node. */
  public Optional<Node> find(String id) {
    return Optional.ofNullable(living.get(id));
  }

  /** All living nodes, in no order. */
  public Collection<Node> all() {
    return living.values();
  }
}
