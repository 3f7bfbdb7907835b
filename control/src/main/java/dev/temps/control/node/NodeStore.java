package dev.temps.control.node;

import dev.temps.contract.agent.HostFacts;
import dev.temps.contract.json.Json;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** SQL of the table {@code nodes}, inside the caller's transaction. Stateless. */
public final class NodeStore {
  private NodeStore() {}

  /** A row as it lies in the table. */
  private record Row(
      String id,
      String name,
      int meshIndex,
      String meshAddress,
      String subnet,
      String identityKey,
      String wireguardKey,
      int wireguardPort,
      String endpoints,
      Availability availability,
      String labels,
      String taints,
      boolean ingress,
      boolean controlPlane,
      String hostFacts,
      String agentVersion,
      int contractVersion,
      @Nullable String bootId,
      long joinedAt,
      @Nullable Long firstReadyAt,
      @Nullable Long lastReportAt,
      @Nullable Long removedAt,
      long version) {
    Node node() {
      return new Node(
          id,
          name,
          meshIndex,
          meshAddress,
          subnet,
          identityKey,
          wireguardKey,
          wireguardPort,
          Columns.list(endpoints),
          availability,
          Columns.map(labels),
          Columns.map(taints),
          ingress,
          controlPlane,
          Json.read(HostFacts.class, hostFacts),
          agentVersion,
          contractVersion,
          bootId,
          joinedAt,
          firstReadyAt,
          lastReportAt,
          removedAt,
          version);
    }
  }

  /** All nodes that were not removed, by name. */
  public static List<Node> living(Handle handle) {
    return handle
        .createQuery("SELECT * FROM nodes WHERE removed_at IS NULL ORDER BY name")
        .mapTo(Row.class)
        .map(Row::node)
        .list();
  }

  /** A node as some transaction left it. */
  public record Version(String id, long version) {}

  /** Ids and versions of all nodes that were not removed, by name. */
  public static List<Version> versions(Handle handle) {
    return handle
        .createQuery("SELECT id, version FROM nodes WHERE removed_at IS NULL ORDER BY name")
        .map((row, _) -> new Version(row.getString("id"), row.getLong("version")))
        .list();
  }

  /** A node by id, also a removed one. */
  public static Optional<Node> byId(Handle handle, String id) {
    return one(handle, "SELECT * FROM nodes WHERE id = :value", id);
  }

  /** A living node by name. */
  public static Optional<Node> byName(Handle handle, String name) {
    return one(handle, "SELECT * FROM nodes WHERE name = :value AND removed_at IS NULL", name);
  }

  /** A living node by its identity key. */
  public static Optional<Node> byKey(Handle handle, String identityKey) {
    return one(
        handle,
        "SELECT * FROM nodes WHERE identity_key = :value AND removed_at IS NULL",
        identityKey);
  }

  /** A living node by its WireGuard key. */
  static Optional<Node> byWireguardKey(Handle handle, String key) {
    return one(
        handle, "SELECT * FROM nodes WHERE wireguard_key = :value AND removed_at IS NULL", key);
  }

  /** The removed node that had this identity key last. */
  static Optional<Node> removedByKey(Handle handle, String identityKey) {
    return one(
        handle,
        """
        SELECT * FROM nodes WHERE identity_key = :value AND removed_at IS NOT NULL
        ORDER BY removed_at DESC LIMIT 1
        """,
        identityKey);
  }

  private static Optional<Node> one(Handle handle, String sql, String value) {
    return handle.createQuery(sql).bind("value", value).mapTo(Row.class).findOne().map(Row::node);
  }

  /** The highest mesh index ever given, 0 for none. */
  static int highestIndex(Handle handle) {
    return handle
        .createQuery("SELECT COALESCE(MAX(mesh_index), 0) FROM nodes")
        .mapTo(Integer.class)
        .one();
  }

  /** Whether a mesh index was given to some node, living or removed. */
  static boolean hasIndex(Handle handle, int index) {
    return handle
        .createQuery("SELECT 1 FROM nodes WHERE mesh_index = :index")
        .bind("index", index)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  static void insert(Handle handle, Node node) {
    bind(
            handle.createUpdate(
                """
                INSERT INTO nodes (id, name, mesh_index, mesh_address, subnet, identity_key,
                  wireguard_key, wireguard_port, endpoints, availability, labels, taints,
                  ingress, control_plane, host_facts, agent_version, contract_version,
                  joined_at, version)
                VALUES (:id, :name, :meshIndex, :meshAddress, :subnet, :identityKey,
                  :wireguardKey, :wireguardPort, :endpoints, :availability, :labels, :taints,
                  :ingress, :controlPlane, :hostFacts, :agentVersion, :contractVersion,
                  :joinedAt, :version)
                """),
            node)
        .execute();
  }

  /**
   * Writes what may change of a node, if nobody else changed it since it was read.
   *
   * @return whether it was written
   */
  static boolean update(Handle handle, Node node) {
    int rows =
        bind(
                handle.createUpdate(
                    """
                    UPDATE nodes SET wireguard_key = :wireguardKey,
                      wireguard_port = :wireguardPort, endpoints = :endpoints,
                      availability = :availability, labels = :labels, taints = :taints,
                      ingress = :ingress,
                      host_facts = :hostFacts, agent_version = :agentVersion,
                      contract_version = :contractVersion, boot_id = :bootId,
                      first_ready_at = :firstReadyAt, last_report_at = :lastReportAt,
                      removed_at = :removedAt, version = :version + 1
                    WHERE id = :id AND version = :version
                    """),
                node)
            .execute();
    return rows == 1;
  }

  /**
   * Says on which machine the control plane runs from now on. Only while no control plane is
   * running on the store.
   *
   * @param nodeId null: on none that is known yet
   */
  public static void runsControlPlane(Handle handle, @Nullable String nodeId) {
    handle
        .createUpdate(
            """
            UPDATE nodes SET control_plane = CASE WHEN id = :id THEN 1 ELSE 0 END,
              version = version + 1
            WHERE control_plane <> CASE WHEN id = :id THEN 1 ELSE 0 END
            """)
        .bind("id", nodeId == null ? "" : nodeId)
        .execute();
  }

  private static <S extends SqlStatement<S>> S bind(S statement, Node node) {
    return statement
        .bind("id", node.id())
        .bind("name", node.name())
        .bind("meshIndex", node.meshIndex())
        .bind("meshAddress", node.meshAddress())
        .bind("subnet", node.subnet())
        .bind("identityKey", node.identityKey())
        .bind("wireguardKey", node.wireguardKey())
        .bind("wireguardPort", node.wireguardPort())
        .bind("endpoints", Columns.list(node.endpoints()))
        .bind("availability", node.availability())
        .bind("labels", Columns.map(node.labels()))
        .bind("taints", Columns.map(node.taints()))
        .bind("ingress", node.ingress())
        .bind("controlPlane", node.controlPlane())
        .bind("hostFacts", Json.write(node.host()))
        .bind("agentVersion", node.agentVersion())
        .bind("contractVersion", node.contractVersion())
        .bind("bootId", node.bootId())
        .bind("joinedAt", node.joinedAt())
        .bind("firstReadyAt", node.firstReadyAt())
        .bind("lastReportAt", node.lastReportAt())
        .bind("removedAt", node.removedAt())
        .bind("version", node.version());
  }
}
