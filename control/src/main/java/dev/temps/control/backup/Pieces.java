package dev.temps.control.backup;

import dev.temps.contract.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a snapshot is made of, by name. Stateless. */
public final class Pieces {
  /** The database; not there with PostgreSQL. */
  public static final String STORE = "store.db";

  /** Options of {@code temps serve}. */
  public static final String SERVE = "serve.json";

  /** Prefix of the files of the agent on the control plane's machine. */
  public static final String AGENT = "agent/";

  /** The agent's file that says which node it is. */
  public static final String NODE = "node.json";

  /** What makes a machine that very node; the last is the one whose presence says so. */
  public static final List<String> AGENT_FILES =
      List.of("identity.key", "identity.pub", "certificate.pem", "ca.pem", "wireguard.key", NODE);

  private Pieces() {}

  /**
   * The two members of the agent's {@code node.json} that the control plane looks at.
   *
   * @param cluster whose node it is
   */
  @io.avaje.jsonb.Json
  public record LocalNode(String cluster, String id) {
    /** The node this machine is; empty when it is none. */
    public static Optional<LocalNode> in(Path agentFolder) throws IOException {
      Path file = agentFolder.resolve(NODE);
      return Files.exists(file)
          ? Optional.of(Json.read(LocalNode.class, Files.readString(file)))
          : Optional.empty();
    }
  }

  /** Files of the agent in {@code folder}, if it is of that cluster; else none. */
  static Map<String, Path> ofAgent(Path folder, String cluster) throws IOException {
    Map<String, Path> pieces = new LinkedHashMap<>();
    boolean ours = LocalNode.in(folder).filter(n -> n.cluster().equals(cluster)).isPresent();
    if (ours) {
      AGENT_FILES.forEach(name -> pieces.put(AGENT + name, folder.resolve(name)));
    }
    return pieces;
  }
}
