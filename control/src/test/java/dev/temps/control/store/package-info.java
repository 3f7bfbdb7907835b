/** Tests of the store, and the base of every test that needs one. */
@NullMarked
package dev.temps.control.store;

import org.jspecify.annotations.NullMarked;
