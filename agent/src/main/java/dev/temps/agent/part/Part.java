package dev.temps.agent.part;

import dev.temps.contract.agent.Condition;
import java.util.List;

/**
 * One part of the agent that makes one section of the assignment true: workloads, mesh, ingress.
 * {@link #assign} only remembers; {@link #step} does the work and may be run at any time, also
 * twice in a row. Called from one loop, read from others: implementations are thread-safe.
 *
 * @param <S> the section
 */
public interface Part<S> {
  /** From now on this is what should be true. Returns at once. */
  void assign(S section);

  /**
   * One bounded piece of work towards the section assigned last.
   *
   * @throws Exception when it could not be done; the loop tries again with backoff
   */
  void step() throws Exception;

  /** Revision of the section that was last made true by this process, −1 for none. */
  long appliedRevision();

  /** What is wrong with this part's machinery, or that it is well. */
  List<Condition> conditions();
}
