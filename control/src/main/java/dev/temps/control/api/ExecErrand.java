package dev.temps.control.api;

import dev.temps.contract.agent.ExecStart;
import dev.temps.contract.json.Json;
import dev.temps.control.access.Caller;
import dev.temps.control.audit.Actor;
import dev.temps.control.workload.AgentGateway;
import dev.temps.kit.Problem;

/** A command in a replica. */
record ExecErrand(ApiParts parts, Caller caller, Targets.Target target) implements Errand {
  @Override
  public Started start(String first, Actor actor, AgentGateway.ExecCaller to) {
    ExecStart start = Json.readStrict(ExecStart.class, first);
    if (start.command().isEmpty()) {
      throw Problem.invalid("command", "The command is empty.", "Name a program to run.").raise();
    }
    // The program only: its arguments may hold secrets.
    String what = target.name() + " (" + target.replica().id() + "): " + start.command().getFirst();
    parts.database().change(handle -> parts.audit().done(handle, actor, "app.exec", what));
    return new Started(
        parts.gateway().exec(target.member().agent(), target.replica().id(), start, to),
        target.member().node(),
        null);
  }
}
