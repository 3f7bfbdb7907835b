/**
 * The Docker Engine API over its unix socket: a small HTTP/1.1 client with one connection per
 * request, because exec takes a connection over and logs and events hold one for hours. Only the
 * fields we use are read. Owns no state but the API version agreed with the engine.
 */
@NullMarked
package dev.temps.agent.runtime.docker;

import org.jspecify.annotations.NullMarked;
