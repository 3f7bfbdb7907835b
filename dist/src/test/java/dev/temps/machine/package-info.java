/**
 * The product as a user has it, on real machines of a lab: real Docker engines, real WireGuard,
 * real power cuts. One class per behaviour. Needs root; {@code ./test machine} runs them.
 */
@NullMarked
package dev.temps.machine;

import org.jspecify.annotations.NullMarked;
