/**
 * The change from one CA of the cluster to another while everything runs. Owns the settings {@code
 * ca.rotation.*}; the CAs themselves are kept by {@code secret}.
 *
 * <p>Invariants: a CA signs only when all nodes that are waited for trust it, and is dropped only
 * when none of them shows a certificate of it; every step is one transaction with the operation.
 */
@NullMarked
package dev.temps.control.ca;

import org.jspecify.annotations.NullMarked;
