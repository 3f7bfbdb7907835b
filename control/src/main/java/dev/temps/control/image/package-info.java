/**
 * Image references and credentials of registries. Owns the table {@code registries}; a password is
 * sealed before it is stored and leaves only in an assignment or a question to an agent.
 */
@NullMarked
package dev.temps.control.image;

import org.jspecify.annotations.NullMarked;
