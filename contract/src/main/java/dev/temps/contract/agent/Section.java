package dev.temps.contract.agent;

/** Parts of an assignment; the names are the query parameters of the long poll. */
public enum Section {
  workloads,
  peers,
  routes,
  certificates,
  walls,
  names
}
