/**
 * The one program: its {@code main}, the commands that need control plane, agent and lab in one
 * place, and the release made of all modules. The only room that sees every other one. Keeps no
 * state.
 */
@NullMarked
package dev.temps.dist;

import org.jspecify.annotations.NullMarked;
