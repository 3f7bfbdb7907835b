/**
 * Another release on this machine: fetched, checked and unpacked beside the present one here;
 * switched, and switched back when it does not prove itself, by the script {@code temps-switch},
 * which outlives the agent.
 */
@NullMarked
package dev.temps.agent.upgrade;

import org.jspecify.annotations.NullMarked;
