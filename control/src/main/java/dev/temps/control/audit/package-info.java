/**
 * Who changed what, when, from where. Owns the table {@code audit_log}: rows are added in the
 * transaction of the change they tell of and never altered. No secrets.
 */
@NullMarked
package dev.temps.control.audit;

import org.jspecify.annotations.NullMarked;
