package dev.temps.sim;

import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One request of an agent and its answer, each a message that may be late, lost or doubled. Exactly
 * one of the three ends happens, unless the agent ends before.
 */
final class Call<T> {
  private final SimWorld world;
  private final SimAgent agent;
  private final String control;
  private final long limit;
  private boolean ended;

  Call(SimWorld world, SimAgent agent, String control, long limit) {
    this.world = world;
    this.agent = agent;
    this.control = control;
    this.limit = limit;
  }

  void run(
      Function<AgentWire, T> ask, Consumer<T> answer, Consumer<Problem> refusal, Runnable away) {
    agent.life.in(limit, () -> end(away));
    world.net.send(agent.node.name, control, () -> arrived(ask, answer, refusal, away));
  }

  private void arrived(
      Function<AgentWire, T> ask, Consumer<T> answer, Consumer<Problem> refusal, Runnable away) {
    SimControl there = world.controlOn(control);
    if (there == null) {
      back(away); // nobody listens: the machine itself says so
      return;
    }
    there.life.in(
        0,
        () -> {
          try {
            T reply = ask.apply(world.wire(there));
            back(() -> answer.accept(reply));
          } catch (ProblemException e) {
            back(() -> refusal.accept(e.problem()));
          }
        });
  }

  private void back(Runnable how) {
    world.net.send(control, agent.node.name, () -> agent.life.in(0, () -> end(how)));
  }

  private void end(Runnable how) {
    if (!ended) {
      ended = true;
      how.run();
    }
  }
}
