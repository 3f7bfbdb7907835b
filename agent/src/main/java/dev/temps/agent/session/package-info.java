/**
 * The agent's conversation with the control plane: one session, reports, the long poll for the
 * assignment, the renewal of the certificate. All of it may be lost, repeated or late without harm.
 * Owns the session id, what the last accepted report said, and which control URL is in use.
 */
@NullMarked
package dev.temps.agent.session;

import org.jspecify.annotations.NullMarked;
