package dev.temps.agent.runtime;

/** Labels on our containers; the engine keeps for us what must outlive the agent. */
public final class Labels {
  /** Id of the workload; who carries it is ours. */
  public static final String WORKLOAD = "temps.workload";

  /** Id of a container for one command; it has no {@link #WORKLOAD}, and nobody starts it again. */
  public static final String ONCE = "temps.once";

  /** App shown to people. */
  public static final String APP = "temps.app";

  /** Hash of what the container was made from; another hash means: make it anew. */
  public static final String SPEC = "temps.spec";

  /** Restart generation the container carries out. */
  public static final String GENERATION = "temps.generation";

  /** Ids of its volumes with commas between; only when it has some. */
  public static final String VOLUMES = "temps.volumes";

  /** Milliseconds from SIGTERM to SIGKILL. */
  public static final String GRACE = "temps.grace";

  /** Architecture of its image, only when it isn't the machine's. */
  public static final String FOREIGN = "temps.foreign";

  private Labels() {}
}
