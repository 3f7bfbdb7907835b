/**
 * What each node is told, and what it tells: assignments by long poll, reports, and the HTTP that
 * agents speak.
 *
 * <p>Owns the table {@code assignment_revisions} and the settings {@code revision.*}. Invariants:
 * while the epoch stays, a section's revision only grows, and a revision never stands for two
 * contents (it is in the store before an agent sees it). Who speaks is taken from the TLS client
 * certificate, never from a body.
 */
@NullMarked
package dev.temps.control.dispatch;

import org.jspecify.annotations.NullMarked;
