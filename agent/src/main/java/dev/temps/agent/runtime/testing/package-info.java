/**
 * A container engine in memory with real state: it passes the same contract test as the real one,
 * and can be told to have trouble. Owns all of its state; for tests of every module.
 */
@NullMarked
package dev.temps.agent.runtime.testing;

import org.jspecify.annotations.NullMarked;
