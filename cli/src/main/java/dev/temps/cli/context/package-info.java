/**
 * Which control plane the commands talk to: address, CA and token, kept in the person's own folder,
 * 0600. This is the only writer of that file.
 */
@NullMarked
package dev.temps.cli.context;

import org.jspecify.annotations.NullMarked;
