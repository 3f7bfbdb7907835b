package dev.temps.control.image;

import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A reference to an image as people write it: {@code nginx}, {@code ghcr.io/acme/web:1.2}, {@code
 * web@sha256:…}. The grammar is the one of OCI distribution.
 *
 * @param host registry, {@code docker.io} when none was written
 * @param repository path in it; {@code library/} is added for Docker Hub's own images
 * @param tag null only when a digest was written
 * @param digest {@code sha256:…} or null
 */
public record ImageRef(
    String host, String repository, @Nullable String tag, @Nullable String digest) {
  /** Where an image without a registry in its name comes from. */
  public static final String DOCKER_HUB = "docker.io";

  private static final String OFFICIAL = "library/";
  private static final int LENGTH_MAX = 500; // 255 of a name, 128 of a tag, 71 of a digest
  private static final int NAME_MAX = 255;
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
  private static final Pattern PATH = Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*");
  private static final Pattern HOST =
      Pattern.compile(
          "([a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9][a-zA-Z0-9-]*)*)"
              + "(?::([0-9]{1,5}))?");

  /**
   * Parses a reference.
   *
   * @throws dev.temps.kit.ProblemException 422 with the part that is wrong
   */
  public static ImageRef parse(String text) {
    if (text.isEmpty() || text.length() > LENGTH_MAX) {
      throw refused(text, text.isEmpty() ? "it is empty" : "it is longer than 500 characters");
    }
    int at = text.indexOf('@');
    String digest = at < 0 ? null : text.substring(at + 1);
    if (digest != null && !DIGEST.matcher(digest).matches()) {
      throw refused(text, "after @ there must be sha256: and 64 hexadecimal letters");
    }
    String name = at < 0 ? text : text.substring(0, at);
    int colon = name.indexOf(':', name.lastIndexOf('/') + 1);
    String tag = colon < 0 ? null : name.substring(colon + 1);
    if (tag != null && !TAG.matcher(tag).matches()) {
      throw refused(text, "the tag after : may have letters, digits, _ . - and 128 characters");
    }
    if (tag == null && digest == null) {
      tag = "latest";
    }
    return named(text, colon < 0 ? name : name.substring(0, colon), tag, digest);
  }

  private static ImageRef named(
      String text, String name, @Nullable String tag, @Nullable String digest) {
    int slash = name.indexOf('/');
    String first = slash < 0 ? "" : name.substring(0, slash);
    boolean hasHost = first.contains(".") || first.contains(":") || first.equals("localhost");
    String host = hasHost ? host(text, first) : DOCKER_HUB;
    String path = hasHost ? name.substring(slash + 1) : name;
    for (String part : path.split("/", -1)) {
      if (!PATH.matcher(part).matches()) {
        throw refused(
            text,
            Text.quoted(part)
                + " is no part of an image name: lower-case letters and digits, joined by . _ -");
      }
    }
    boolean official = host.equals(DOCKER_HUB) && path.indexOf('/') < 0;
    String repository = official ? OFFICIAL + path : path;
    if (host.length() + 1 + repository.length() > NAME_MAX) {
      throw refused(text, "the name is longer than 255 characters");
    }
    return new ImageRef(host, repository, tag, digest);
  }

  private static String host(String text, String host) {
    try {
      return registry(host);
    } catch (IllegalArgumentException e) {
      throw refused(text, "the registry " + Text.quoted(host) + " is no host name");
    }
  }

  /**
   * A registry's host in the one form it is stored in.
   *
   * @throws IllegalArgumentException when it is no host, or its port is none
   */
  static String registry(String host) {
    Matcher found = HOST.matcher(host);
    if (!found.matches() || host.length() > NAME_MAX) {
      throw new IllegalArgumentException("no host name");
    }
    int port = found.group(2) == null ? 1 : Integer.parseInt(found.group(2));
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("no port");
    }
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.equals("index.docker.io") || lower.equals("registry-1.docker.io")
        ? DOCKER_HUB
        : lower;
  }

  private static RuntimeException refused(String text, String why) {
    return Problem.invalid(
            "image",
            Text.quoted(text) + " is not an image reference: " + why + ".",
            "Write it as for docker pull, e.g. nginx:1.27 or ghcr.io/acme/web:2.")
        .raise();
  }

  /** The shortest text that means the same, as Docker shows it. */
  public String familiar() {
    return name() + (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
  }

  /** What to pull to get exactly that content. */
  public String pinned(String contentDigest) {
    return name() + "@" + contentDigest;
  }

  private String name() {
    if (!host.equals(DOCKER_HUB)) {
      return host + "/" + repository;
    }
    return repository.startsWith(OFFICIAL) ? repository.substring(OFFICIAL.length()) : repository;
  }
}
