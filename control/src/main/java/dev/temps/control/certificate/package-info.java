/**
 * Certificates that ingress nodes show visitors; nothing here is trusted between machines. Writes
 * the table {@code host_certificates}.
 */
@NullMarked
package dev.temps.control.certificate;

import org.jspecify.annotations.NullMarked;
