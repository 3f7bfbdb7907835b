/**
 * What must stay secret and what proves identity: the master key on disk, sealing with it, the
 * recovery key, and the cluster's certificate authority.
 *
 * <p>Owns the table {@code secrets} and the settings {@code secret.*} and {@code ca.*}. Invariants:
 * nothing secret leaves this room unsealed for the store; a sealed text opens only under the name
 * it was sealed for; the master key is never written anywhere but to {@code master.key} and, under
 * the recovery key, to the envelope. Sealed files are opened with a key made from it and their
 * salt.
 */
@NullMarked
package dev.temps.control.secret;

import org.jspecify.annotations.NullMarked;
