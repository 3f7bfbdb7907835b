/** The one way to JSON on every wire: adapters made at compile time, no reflection. */
@NullMarked
package dev.temps.contract.json;

import org.jspecify.annotations.NullMarked;
