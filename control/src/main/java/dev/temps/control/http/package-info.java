/**
 * What every HTTP handler of the control plane shares: bodies with limits, problems as
 * problem+json, the HTTPS server itself, and the pages a bare machine needs to join. Knows no
 * domain; holds no state but counters of refused callers.
 */
@NullMarked
package dev.temps.control.http;

import org.jspecify.annotations.NullMarked;
