package dev.temps.contract.agent;

/**
 * Version and paths of the agent's wires. A control plane of version N takes agents of N and N−1;
 * an agent of version N offers N and, when that is refused, N−1. The control plane is upgraded
 * first, so further apart than that nobody ever has to be.
 *
 * <p>The version is counted up once in a release that changes the wires, however many changes it
 * has. A new optional member, path or condition is ignored by who doesn't know it and alone would
 * not need it, but whoever relies on it asks for the version that has it. What N−1 needs goes when
 * N+1 is made, not before.
 *
 * <ul>
 *   <li>1: the first.
 *   <li>2: upgrade by the agent API ({@link #UPGRADE}, {@link #RELEASE}); a session's reply names
 *       the control plane's release and contract.
 * </ul>
 */
public final class Contract {
  /** Version of these records. */
  public static final int VERSION = 2;

  /** The oldest version that is still spoken. */
  public static final int LOWEST = VERSION - 1;

  /** Since this version an agent puts another release on its machine when it is told to. */
  public static final int UPGRADES_SINCE = 2;

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

  /** A {@link HostCertificate} is asked for here, followed by its id and hash. */
  public static final String HOST_CERTIFICATE = "/agent/v1/host-certificates";

  /** GET, node certificate: a release archive by its SHA-256, as {@code /agent/v1/release/HASH}. */
  public static final String RELEASE = "/agent/v1/release";

  /**
   * POST at the agent, body {@link UpgradeOrder}, answers {@link UpgradeState}; may be repeated.
   */
  public static final String UPGRADE = "/agent-api/v1/upgrade";

  /** The largest release archive that is taken. */
  public static final long RELEASE_BYTES_MAX = 256L << 20;

  /**
   * Prefix of the agent's own API: {@code /workloads/{id}/logs|exec|run|stats}, {@code
   * /access/{app}}, {@code /epoch}, {@code /snapshots/{takenAtMillis}?epoch=}, {@code
   * /unclaimed/{id}}.
   */
  public static final String AGENT_API = "/agent-api/v1";

  /** GET at the agent: an app's access log, as {@code /agent-api/v1/access/APP}; like logs. */
  public static final String ACCESS_LOG = AGENT_API + "/access";

  /**
   * Prefix of what a node serves to other nodes: GET {@code /snapshots} answers a list of {@link
   * SnapshotHeld}, {@code /snapshots/{epoch}/{takenAtMillis}} the sealed file.
   */
  public static final String PEER_API = "/peer-api/v1";

  /** The largest snapshot of a control plane that an agent keeps. */
  public static final long SNAPSHOT_BYTES_MAX = 256L << 20;

  private Contract() {}
}
