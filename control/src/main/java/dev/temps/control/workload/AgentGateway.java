package dev.temps.control.workload;

import dev.temps.contract.agent.ExecStart;
import dev.temps.contract.agent.ImageFacts;
import dev.temps.contract.agent.ImageQuery;
import dev.temps.contract.agent.LogLine;
import dev.temps.contract.agent.RunStart;
import dev.temps.contract.agent.WorkloadStats;

/**
 * Asks agents over the mesh. Every call is bounded in time and throws a {@code ProblemException},
 * 502 or 504 with the node's name, when the agent can't be reached or fails; a refusal of the agent
 * comes through as it is. Implementations are thread-safe.
 */
public interface AgentGateway {
  /** What an image reference means on that node. */
  ImageFacts resolve(AgentAddress agent, ImageQuery query);

  /** What a container uses now. */
  WorkloadStats stats(AgentAddress agent, String workloadId);

  /** Opens a container's log. */
  LogStream logs(AgentAddress agent, String workloadId, LogQuery query);

  /**
   * Opens an app's access log.
   *
   * @throws dev.temps.kit.ProblemException also 409 when the agent is of a release that keeps none
   */
  LogStream accessLog(AgentAddress agent, String app, LogQuery query);

  /** Starts a command in a container; {@code caller} hears its output. */
  ExecChannel exec(AgentAddress agent, String workloadId, ExecStart start, ExecCaller caller);

  /**
   * Starts a command in a container of its own, which goes when the command or the channel does.
   * What the agent says to it comes by {@code caller}, after minutes if it pulls the image first.
   *
   * @throws dev.temps.kit.ProblemException also 409 when the agent is of a release that can't
   */
  ExecChannel run(AgentAddress agent, RunStart start, ExecCaller caller);

  /** Lines of a log; read by one thread, closed by any. */
  interface LogStream extends AutoCloseable {
    /** The next line; waits while following. Null at the end or once closed. */
    @org.jspecify.annotations.Nullable
    LogLine next();

    @Override
    void close();
  }

  /** The caller's side of a running command. */
  interface ExecChannel extends AutoCloseable {
    /** An {@code ExecMessage} as JSON. */
    void text(String message);

    /** Bytes for the command's stdin. */
    void stdin(byte[] bytes);

    /**
     * Shows the agent that the caller is still there; to be called every few seconds, from one
     * thread. Does not wait.
     */
    void ping();

    /** Ends the command if it still runs. */
    @Override
    void close();
  }

  /** Hears what a command says; called by one thread at a time. */
  interface ExecCaller {
    /** An {@code ExecMessage} as JSON. */
    void text(String message);

    /** One byte, 1 for stdout or 2 for stderr, and output. */
    void output(byte[] bytes);

    /** Nothing more comes. */
    void closed();
  }
}
