package dev.temps.agent.join;

import dev.temps.agent.identity.AgentFolder;
import dev.temps.agent.identity.IdentityKeys;
import dev.temps.contract.tls.JoinToken;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * What a join does before the machine is changed, for packaging's training run: a real one would
 * make the build machine a node. Stateless.
 */
public final class Rehearsal {
  private Rehearsal() {}

  /**
   * Calls the control plane at {@code url}, examines this machine and is refused with a token
   * nobody issued. Keys go to {@code scratch}; {@code told} hears what came of it.
   */
  public static void run(
      String url, JoinToken token, AgentFolder scratch, Time time, Consumer<String> told)
      throws IOException {
    JoinGround ground = JoinGround.ofThisMachine(time);
    FirstCall call = new FirstCall(url, token, time);
    new Preflight(ground.machine(), ground.owners(), ground.engine())
        .findings(true, call::clockAhead)
        .forEach(finding -> told.accept(finding.line()));
    IdentityKeys keys = IdentityKeys.ensure(scratch);
    try {
      call.register(Join.request(token, keys, Join.plain(url, token), ground, time));
    } catch (ProblemException e) {
      told.accept(e.problem().line());
    }
  }
}
