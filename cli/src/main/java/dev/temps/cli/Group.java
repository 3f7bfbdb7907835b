package dev.temps.cli;

/** Headings of {@code temps --help}, in their order. */
public enum Group {
  START("Get started"),
  APPS("Apps"),
  CLUSTER("Machines and cluster"),
  PROGRAM("This program"),
  HIDDEN("");

  private final String title;

  Group(String title) {
    this.title = title;
  }

  /** The heading. */
  public String title() {
    return title;
  }
}
