package dev.temps.control.ca;

/**
 * What a rotation knows of one node it waits for.
 *
 * @param ready whether it is heard and well
 * @param said whether its agent says which CAs it goes by
 * @param trusts whether it trusts the CA that is to stay
 * @param shows whether its certificate is by the CA that is to stay
 */
record CaNode(String name, boolean ready, boolean said, boolean trusts, boolean shows) {}
