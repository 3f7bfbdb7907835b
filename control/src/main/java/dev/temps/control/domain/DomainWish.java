package dev.temps.control.domain;

import dev.temps.contract.api.DomainLogin;
import dev.temps.contract.api.DomainPatch;
import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a caller wants a domain to ask of visitors, put on what it asks now. Pure. */
final class DomainWish {
  private static final int NETWORKS_MAX = 500;
  private static final int MEMBERS_MAX = 200;
  private static final int PASSWORD_MIN = 8;
  private static final int PASSWORD_MAX = 200;
  private static final Pattern MEMBER = Pattern.compile("[A-Za-z0-9._@+-]{1,64}");
  private static final Pattern NETWORK = Pattern.compile("([0-9A-Fa-f.:]+)(?:/(\\d{1,3}))?");

  private DomainWish() {}

  /**
   * The settings as they are to be; a login is bound to host and path.
   *
   * @throws dev.temps.kit.ProblemException 422 with what can't be
   */
  static DomainSettings on(DomainSettings now, DomainPatch wish, HostName host, SitePath path) {
    return new DomainSettings(
        wish.redirectTo() == null ? now.redirectTo() : target(wish.redirectTo(), host),
        wish.https() == null ? now.https() : https(wish.https()),
        wish.allow() == null ? now.allow() : networks(wish.allow()),
        wish.logins() == null ? now.members() : members(wish.logins(), host.text() + path.text()),
        wish.maintenance() == null ? now.maintenance() : wish.maintenance());
  }

  private static @Nullable String target(String typed, HostName host) {
    if (typed.isEmpty()) {
      return null;
    }
    HostName target = HostName.parse(typed);
    if (target.wildcard() || target.equals(host)) {
      throw Problem.invalid(
              "redirect-to",
              Text.quoted(typed) + " can't be where " + host.text() + " sends visitors.",
              "Give one other host name.")
          .raise();
    }
    return target.text();
  }

  private static HttpsUse https(String typed) {
    for (HttpsUse use : HttpsUse.values()) {
      if (use.name().equals(typed)) {
        return use;
      }
    }
    throw Problem.invalid(
            "https", Text.quoted(typed) + " is no use of https.", "Use auto, always or never.")
        .raise();
  }

  private static List<String> networks(List<String> typed) {
    if (typed.size() > NETWORKS_MAX) {
      throw Problem.invalid(
              "allow", typed.size() + " networks are too many.", "At most " + NETWORKS_MAX + ".")
          .raise();
    }
    return typed.stream().map(DomainWish::network).distinct().sorted().toList();
  }

  private static String network(@Nullable String typed) {
    var parts = NETWORK.matcher(typed == null ? "" : typed.strip());
    if (parts.matches()) {
      try {
        InetAddress address = InetAddress.ofLiteral(parts.group(1));
        int bits = address.getAddress().length * Byte.SIZE;
        int prefix = parts.group(2) == null ? bits : Integer.parseInt(parts.group(2));
        if (prefix <= bits) {
          return address.getHostAddress().toLowerCase(Locale.ROOT) + "/" + prefix;
        }
      } catch (IllegalArgumentException e) {
        throw notANetwork(typed);
      }
    }
    throw notANetwork(typed);
  }

  private static RuntimeException notANetwork(@Nullable String typed) {
    return Problem.invalid(
            "allow",
            Text.quoted(String.valueOf(typed)) + " is neither an address nor a network.",
            "Write it as 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32.")
        .raise();
  }

  private static List<Member> members(List<DomainLogin> logins, String site) {
    if (logins.size() > MEMBERS_MAX) {
      throw Problem.invalid(
              "logins", logins.size() + " logins are too many.", "At most " + MEMBERS_MAX + ".")
          .raise();
    }
    Set<String> names = new HashSet<>();
    List<Member> members = new ArrayList<>();
    for (DomainLogin login : logins) {
      check(login);
      if (!names.add(login.name())) {
        throw Problem.invalid(
                "logins", Text.quoted(login.name()) + " is named twice.", "Name everybody once.")
            .raise();
      }
      members.add(new Member(login.name(), hash(site, login)));
    }
    return members;
  }

  private static void check(DomainLogin login) {
    String password = login.password();
    boolean odd = password.chars().anyMatch(Character::isISOControl);
    if (!MEMBER.matcher(login.name()).matches()) {
      throw Problem.invalid(
              "logins",
              Text.quoted(login.name()) + " can't be the name of a login.",
              "Use letters, digits and . _ @ + -; 64 at most.")
          .raise();
    }
    if (password.length() < PASSWORD_MIN || password.length() > PASSWORD_MAX || odd) {
      throw Problem.invalid(
              "logins",
              "The password of "
                  + login.name()
                  + " has fewer than 8 or more than 200 characters, or control characters.",
              "Choose another.")
          .raise();
    }
  }

  private static String hash(String site, DomainLogin login) {
    byte[] pair = (login.name() + ":" + login.password()).getBytes(StandardCharsets.UTF_8);
    String header = "Basic " + Base64.getEncoder().encodeToString(pair);
    try {
      byte[] text = (site + "|" + header).getBytes(StandardCharsets.UTF_8);
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().withUpperCase().formatHex(sha.digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
