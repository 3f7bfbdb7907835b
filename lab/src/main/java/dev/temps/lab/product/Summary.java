package dev.temps.lab.product;

import dev.temps.lab.Lab;
import dev.temps.lab.Machine;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * What a person needs to know of a finished lab. Shows the owner's token: that is its purpose.
 *
 * @param lab the lab
 * @param access how to get in
 * @param file where that is kept
 */
public record Summary(Lab lab, Access access, Path file) {
  /** For people. */
  public String text() {
    return """

    Temps runs on %s, with the app %s.

    API     %s   (from the lab's machines)
    Token   %s
            (also in %s, with the recovery key)

    The app through each machine:
    %s
    The CLI is logged in on node-1:
      %s
    Pull a plug under load, and take all of it down:
      %s
      %s
    """
        .formatted(
            lab.machines().stream().map(Machine::name).collect(Collectors.joining(", ")),
            Product.APP,
            access.url(),
            access.ownerToken().reveal(),
            file,
            lab.machines().stream()
                .map(machine -> "  " + Words.curl(lab, machine.name()) + "\n")
                .collect(Collectors.joining()),
            Words.exec(lab, "node-1", "temps ps"),
            Words.lab(lab, "demo"),
            Words.lab(lab, "down"));
  }

  /** For programs: one line of JSON. */
  public String json() {
    return """
    {"name":%s,"url":%s,"owner_token":%s,"ca_fingerprint":%s,"access_file":%s,"machines":[%s]}\
    """
        .formatted(
            JsonText.quoted(lab.spec().name().value()),
            JsonText.quoted(access.url()),
            JsonText.quoted(access.ownerToken().reveal()),
            JsonText.quoted(access.caPin()),
            JsonText.quoted(file.toString()),
            lab.machines().stream().map(this::json).collect(Collectors.joining(",")));
  }

  private String json(Machine machine) {
    return "{\"name\":%s,\"address\":%s,\"curl\":%s}"
        .formatted(
            JsonText.quoted(machine.name()),
            JsonText.quoted(machine.address()),
            JsonText.quoted(Words.curl(lab, machine.name())));
  }
}
