/**
 * What grows how: the control plane's own objects over a real store with 10, 100 and 1,000 nodes of
 * twenty containers each, in one process, and fake agents over real HTTP. Time is moved by hand, so
 * that nothing happens that was not asked for.
 */
@NullMarked
package dev.temps.bench.scale;

import org.jspecify.annotations.NullMarked;
