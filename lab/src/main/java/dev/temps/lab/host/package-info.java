/**
 * What a lab asks of the Linux host: cgroups, network namespaces, bridge and packet rules, and the
 * processes that carry a lab's name. Stateless: the kernel holds the state, and every question is
 * asked of it again. Knows no product and no Docker.
 */
@NullMarked
package dev.temps.lab.host;

import org.jspecify.annotations.NullMarked;
