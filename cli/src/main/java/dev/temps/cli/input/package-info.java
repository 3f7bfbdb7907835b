/**
 * What a person may type, parsed into values with a reason when it can't be: amounts, labels,
 * variables, names; and questions asked back. Owns no state.
 */
@NullMarked
package dev.temps.cli.input;

import org.jspecify.annotations.NullMarked;
