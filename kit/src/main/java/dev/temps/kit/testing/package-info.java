/** Fakes and waiting words for tests of every module; shipped beside what they stand in for. */
@NullMarked
package dev.temps.kit.testing;

import org.jspecify.annotations.NullMarked;
