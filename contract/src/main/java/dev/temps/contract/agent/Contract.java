package dev.temps.contract.agent;

/** Version and paths of the agent's wires. Version N speaks N−1 both ways. */
public final class Contract {
  /** Version of these records. */
  public static final int VERSION = 1;

  /** Control plane's port, on every address of its machine. */
  public static final int CONTROL_PORT = 8443;

  /** Agent API's port, on the node's mesh address only. */
  public static final int AGENT_PORT = 7443;

  /** Port of what nodes do for each other, on the node's mesh address only. */
  public static final int PEER_PORT = 7444;

  /** POST, public, body {@link RegisterRequest}. */
  public static final String REGISTER = "/agent/v1/register";

  /** POST, node certificate, body {@link SessionRequest}. */
  public static final String SESSION = "/agent/v1/session";

  /** GET, node certificate, long poll, answers {@link Assignment}. */
  public static final String ASSIGNMENT = "/agent/v1/assignment";

  /** POST, node certificate, body {@link Report}. */
  public static final String REPORT = "/agent/v1/report";

  /** POST, node certificate, empty body, answers {@link CertificateReply}. */
  public static final String CERTIFICATE = "/agent/v1/certificate";

  /**
   * Prefix of the agent's own API: {@code /workloads/{id}/logs|exec|stats}, {@code /epoch}, {@code
   * /snapshots/{takenAtMillis}?epoch=}, {@code /unclaimed/{id}}.
   */
  public static final String AGENT_API = "/agent-api/v1";

  /**
   * Prefix of what a node serves to other nodes: GET {@code /snapshots} answers a list of {@link
   * SnapshotHeld}, {@code /snapshots/{epoch}/{takenAtMillis}} the sealed file.
   */
  public static final String PEER_API = "/peer-api/v1";

  /** The largest snapshot of a control plane that an agent keeps. */
  public static final long SNAPSHOT_BYTES_MAX = 256L << 20;

  private Contract() {}
}
