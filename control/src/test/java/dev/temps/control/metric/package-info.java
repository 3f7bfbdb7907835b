@NullMarked
package dev.temps.control.metric;

import org.jspecify.annotations.NullMarked;
