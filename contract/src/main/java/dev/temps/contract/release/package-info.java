/** What a release says of itself, and where releases are on a machine. */
@NullMarked
package dev.temps.contract.release;

import org.jspecify.annotations.NullMarked;
