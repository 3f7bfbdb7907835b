/**
 * The public REST API's bodies; openapi.yaml is the source, these records follow it. Unknown fields
 * are refused.
 */
@NullMarked
package dev.temps.contract.api;

import org.jspecify.annotations.NullMarked;
