/**
 * Host names and where they lead: one route per app, to the healthy replicas of the release that
 * serves; routes are derived, the same rows give the same routes. Also asks certificate authorities
 * for claimed hosts: writes {@code acme_hosts} and {@code acme_answers}.
 *
 * <p>Invariant: a route whose release serves never has an empty list of backends because of what
 * was observed: when no replica looks healthy all of them stay, and the ingress finds out itself.
 */
@NullMarked
package dev.temps.control.ingress;

import org.jspecify.annotations.NullMarked;
