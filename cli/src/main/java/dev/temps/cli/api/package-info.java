/**
 * The public REST API as the commands call it, over HTTPS with the cluster's CA and a bearer token.
 * Every refusal and every failure to get through is a {@link dev.temps.kit.Problem}. Owns no state.
 */
@NullMarked
package dev.temps.cli.api;

import org.jspecify.annotations.NullMarked;
