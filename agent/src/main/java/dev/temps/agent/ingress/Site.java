package dev.temps.agent.ingress;

import dev.temps.contract.agent.SiteSpec;

/**
 * A host or a part of it as HAProxy has it. In HAProxy's maps it is one word, {@link #value}.
 *
 * @param backend name of the backend it leads to
 */
record Site(SiteSpec spec, String backend) {
  /** Name of the backend that knows no app. */
  static final String NOBODY = "nobody";

  /** Stands between the parts of {@link #value}; in none of them. */
  static final String BETWEEN = "|";

  String host() {
    return spec.host();
  }

  boolean wildcard() {
    return host().startsWith("*");
  }

  /** Whether it is all of its host. */
  boolean whole() {
    return spec.path().equals("/");
  }

  /** What visitors have to do, a letter each; "" for nothing. */
  String flags() {
    StringBuilder flags = new StringBuilder();
    flags.append(spec.redirectTo() == null ? "" : Flag.REDIRECT.letter());
    flags.append(spec.httpsOnly() ? Flag.HTTPS.letter() : "");
    flags.append(spec.allow().isEmpty() ? "" : Flag.ALLOW.letter());
    flags.append(spec.logins().isEmpty() ? "" : Flag.LOGIN.letter());
    flags.append(spec.maintenance() ? Flag.MAINTENANCE.letter() : "");
    return flags.toString();
  }

  /** What a map says of it: backend, flags, id. */
  String value() {
    return backend + BETWEEN + flags() + BETWEEN + spec.id();
  }

  /** Something that is asked of visitors. */
  enum Flag {
    REDIRECT("r"),
    HTTPS("s"),
    ALLOW("a"),
    LOGIN("l"),
    MAINTENANCE("m");

    private final String letter;

    Flag(String letter) {
      this.letter = letter;
    }

    String letter() {
      return letter;
    }
  }
}
