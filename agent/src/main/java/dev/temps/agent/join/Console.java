package dev.temps.agent.join;

/** Where a person sees how a join goes. Lines are whole and without colour. */
@FunctionalInterface
public interface Console {
  /** What is happening now; goes to standard error. */
  void progress(String line);
}
