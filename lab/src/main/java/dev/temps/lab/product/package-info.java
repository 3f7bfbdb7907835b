/**
 * Puts Temps on the machines of a lab, by the steps a person takes on servers of their own: unpack
 * the release on the first, {@code temps serve}, {@code temps login}, on every other machine the
 * line that {@code temps node token create} prints, {@code temps deploy}. Knows the product by its
 * command line only.
 *
 * <p>State: {@code temps.json} in the lab's directory, private, says how far it came and how to get
 * in. It is written by {@link dev.temps.lab.product.ProductFile} alone and goes with the lab.
 */
@NullMarked
package dev.temps.lab.product;

import org.jspecify.annotations.NullMarked;
