/**
 * Who is at the other end: identities in certificates, and trust that checks them. Addresses prove
 * nothing.
 */
@NullMarked
package dev.temps.contract.tls;

import org.jspecify.annotations.NullMarked;
