/**
 * Who may use the public API: bearer tokens, roles and the projects they reach. Owns the table
 * {@code api_tokens}; a token's text is shown once and stored as a hash only.
 */
@NullMarked
package dev.temps.control.access;

import org.jspecify.annotations.NullMarked;
