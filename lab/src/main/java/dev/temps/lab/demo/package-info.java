/**
 * {@code temps lab demo}: pulls the plug of a machine while requests run, and shows what their
 * senders noticed. {@link dev.temps.lab.demo.Load} counts, {@link dev.temps.lab.demo.Watch} asks
 * the control plane, {@link dev.temps.lab.demo.Demo} is the plot, and a {@link
 * dev.temps.lab.demo.Screen} shows one {@link dev.temps.lab.demo.Frame} a second. Leaves the
 * machine with power, unless it is interrupted.
 */
@NullMarked
package dev.temps.lab.demo;

import org.jspecify.annotations.NullMarked;
