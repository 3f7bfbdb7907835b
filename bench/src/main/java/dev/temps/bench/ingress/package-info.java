/** What a request costs at the ingress, beside others who do the same. */
@NullMarked
package dev.temps.bench.ingress;

import org.jspecify.annotations.NullMarked;
