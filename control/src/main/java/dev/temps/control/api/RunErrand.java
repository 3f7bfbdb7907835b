package dev.temps.control.api;

import dev.temps.contract.api.RunRequest;
import dev.temps.contract.json.Json;
import dev.temps.control.access.Caller;
import dev.temps.control.audit.Actor;
import dev.temps.control.deployment.OneOff;
import dev.temps.control.workload.AgentGateway;

/** A command in a container of its own; its place is given back when nothing more comes of it. */
record RunErrand(ApiParts parts, Caller caller, String app) implements Errand {
  @Override
  public Started start(String first, Actor actor, AgentGateway.ExecCaller to) {
    RunRequest request = Json.readStrict(RunRequest.class, first);
    parts.backup().supersession().refuse();
    OneOff one = parts.oneOffs().begin(app, request, actor);
    try {
      AgentGateway.ExecChannel channel =
          parts.gateway().run(one.agent(), one.start(), new Ending(to, one));
      return new Started(channel, one.node(), one.limit());
    } catch (RuntimeException e) {
      parts.oneOffs().end(one);
      throw e;
    }
  }

  /** Passes on what the command says, and ends what it had. */
  private final class Ending implements AgentGateway.ExecCaller {
    private final AgentGateway.ExecCaller to;
    private final OneOff one;

    Ending(AgentGateway.ExecCaller to, OneOff one) {
      this.to = to;
      this.one = one;
    }

    @Override
    public void text(String message) {
      to.text(message);
    }

    @Override
    public void output(byte[] bytes) {
      to.output(bytes);
    }

    @Override
    public void closed() {
      try {
        parts.oneOffs().end(one);
      } finally {
        to.closed();
      }
    }
  }
}
