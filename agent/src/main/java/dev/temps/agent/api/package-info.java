/**
 * What this node tells and does at once when the control plane asks: logs, exec, stats, one
 * workload as it is, what an image reference means here. Served on the mesh address only, to the
 * control plane's certificate only; what other nodes may ask for has a server of its own. Owns no
 * state but open connections; reaches only containers that carry our label.
 */
@NullMarked
package dev.temps.agent.api;

import org.jspecify.annotations.NullMarked;
