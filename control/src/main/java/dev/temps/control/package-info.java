/**
 * The control plane as a whole: what its first start makes, how its rooms are wired, and in which
 * order they start and stop. The only package that knows every room; nothing depends on it but the
 * program.
 */
@NullMarked
package dev.temps.control;

import org.jspecify.annotations.NullMarked;
