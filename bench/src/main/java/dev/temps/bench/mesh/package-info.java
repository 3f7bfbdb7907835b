/** What a packet costs on its way from container to container. */
@NullMarked
package dev.temps.bench.mesh;

import org.jspecify.annotations.NullMarked;
