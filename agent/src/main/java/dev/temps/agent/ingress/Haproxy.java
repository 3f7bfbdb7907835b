package dev.temps.agent.ingress;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The HAProxy of this node. Every call is bounded. Thread-safe; one loop changes it. */
interface Haproxy {
  /** What is wrong with a configuration file in HAProxy's own words; null when it is good. */
  @Nullable String check(Path config);

  /** What the running worker has; empty when none answers. */
  Optional<Live> live();

  /** Gives the running worker commands; what came of them shows in {@link #live}. */
  void command(List<String> commands);

  /**
   * A running worker.
   *
   * @param fingerprint of the configuration it was loaded from
   */
  record Live(String fingerprint, List<LiveServer> servers) {
    public Live {
      servers = List.copyOf(servers);
    }
  }

  /**
   * A server as the worker has it.
   *
   * @param up whether checks find it well
   * @param changedSeconds ago it went up or down
   * @param maintenance takes nothing and is not checked
   * @param draining takes nothing new
   * @param connections in use now
   * @param row its line of {@code show servers state}, for the next worker to start from
   */
  record LiveServer(
      String backend,
      String name,
      String address,
      int port,
      int weight,
      boolean up,
      int changedSeconds,
      boolean maintenance,
      boolean draining,
      int connections,
      String row) {}
}
