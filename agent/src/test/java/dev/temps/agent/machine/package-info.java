/**
 * Small machines for tests: namespaces of their own on a shared network, real programs inside. They
 * need root and leave nothing behind.
 */
@NullMarked
package dev.temps.agent.machine;

import org.jspecify.annotations.NullMarked;
