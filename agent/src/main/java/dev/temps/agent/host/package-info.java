/**
 * What this machine is and uses, read from the kernel's own files: its share of cpu and memory as
 * the cgroup of process 1 limits it, disk, load, addresses. Reads only; owns nothing. The parsers
 * are pure.
 */
@NullMarked
package dev.temps.agent.host;

import org.jspecify.annotations.NullMarked;
