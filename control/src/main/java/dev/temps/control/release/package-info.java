/** Archives of releases that were uploaded for an upgrade. Owns a folder, no table. */
@NullMarked
package dev.temps.control.release;

import org.jspecify.annotations.NullMarked;
