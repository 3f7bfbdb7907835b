/**
 * Container images made without a Docker engine and without a network: layers, configuration and
 * manifest are written straight into the directory tree a registry serves. The same input gives the
 * same digests.
 */
@NullMarked
package dev.temps.lab.image;

import org.jspecify.annotations.NullMarked;
