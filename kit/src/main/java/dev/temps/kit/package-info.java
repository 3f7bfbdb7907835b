/**
 * Words of no domain: time, ids, secrets, problems, processes, loops. Depends on nothing, so that
 * every module may speak them. Nothing here knows a node, a container or a wire.
 */
@NullMarked
package dev.temps.kit;

import org.jspecify.annotations.NullMarked;
