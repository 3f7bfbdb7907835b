/**
 * The public REST API as openapi.yaml describes it: every operation is an {@link
 * dev.temps.control.api.Endpoint} in one list, behind one check of the bearer token. Owns no state;
 * decides nothing but who may call what, and shows what the rooms below hold. Every change and
 * every exec is audited, most of them by the room that makes the change.
 */
@NullMarked
package dev.temps.control.api;

import org.jspecify.annotations.NullMarked;
