/** A fake of what a snapshot travels by. */
@NullMarked
package dev.temps.control.backup.testing;

import org.jspecify.annotations.NullMarked;
