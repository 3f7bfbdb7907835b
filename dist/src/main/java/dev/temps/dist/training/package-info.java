/**
 * Training runs for the JVM's start caches, used while packaging only: each program goes once
 * through its start and its daily work on scratch data and loopback, so that its cache holds the
 * classes it needs and no others (all classes of a cache are loaded at each start). Nothing here
 * touches the machine outside the scratch folder.
 */
@NullMarked
package dev.temps.dist.training;

import org.jspecify.annotations.NullMarked;
