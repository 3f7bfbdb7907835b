package dev.temps.agent.workload;

/** Kinds of work on one workload; trying again later is per kind. */
enum Step {
  pull,
  create,
  start,
  stop,
  remove
}
