package dev.temps.agent.session;

import dev.temps.kit.Problem;

/**
 * Where the conversation stands. Immutable.
 *
 * @param session id of the session, "" for none
 * @param control the URL in use
 * @param connected whether the last report was accepted
 * @param provenAccepted whether the last accepted report said that the mesh is proven
 * @param reports reports of this session
 * @param away why no URL answers, "" when one does
 * @param refused why the control plane refuses this node, "" when it does not
 * @param refusedType the refusal's stable name, "" for none
 */
public record SessionState(
    String session,
    String control,
    boolean connected,
    boolean provenAccepted,
    long reports,
    String away,
    String refused,
    String refusedType) {
  static final SessionState NONE = new SessionState("", "", false, false, 0, "", "", "");

  SessionState lost(String why) {
    return new SessionState("", control, false, false, reports, why, refused, refusedType);
  }

  SessionState refused(Problem problem) {
    return new SessionState("", control, false, false, reports, "", problem.line(), problem.type());
  }
}
