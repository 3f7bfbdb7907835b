@NullMarked
package dev.temps.agent.traffic;

import org.jspecify.annotations.NullMarked;
