package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.Misuse;
import dev.temps.cli.api.Api;
import dev.temps.cli.input.Questions;
import dev.temps.cli.input.Segment;
import dev.temps.cli.output.Table;
import dev.temps.contract.api.DomainAddress;
import dev.temps.contract.api.DomainCheck;
import dev.temps.contract.api.DomainPatch;
import dev.temps.contract.api.DomainRequest;
import dev.temps.contract.api.DomainView;
import dev.temps.kit.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code temps domain …}: host names that lead to apps. */
@Command(
    name = "domain",
    description = "Host names that lead to apps, and what they ask of visitors.",
    footer = {"  temps domain add web shop.example.com --with-www", "  temps domain list"},
    subcommands = {
      DomainCommand.Add.class,
      DomainCommand.Change.class,
      DomainCommand.Listing.class,
      DomainCommand.Check.class,
      DomainCommand.Remove.class
    })
public final class DomainCommand {

  @Command(
      name = "add",
      description = "Claims a host name, or a part of its paths, for an app.",
      footer = {
        "  temps domain add api shop.example.com/api",
        "  temps domain add web staff.example.com --login anna < password.txt"
      })
  static final class Add extends ApiCommand {
    @Parameters(index = "0", paramLabel = "APP", description = "The app it leads to.")
    private String app = "";

    @Parameters(
        index = "1",
        paramLabel = "DOMAIN",
        description = "The host; /PATH behind it: only that and what is below.")
    private String domain = "";

    @Option(
        names = "--with-www",
        description = "Also send visitors of its www name here, or of the bare name if it has www.")
    private boolean withWww;

    @Mixin private DomainOptions options = new DomainOptions();

    Add(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws Exception {
      Segment.of("app", app);
      Place place = Place.of(domain);
      DomainPatch wish = options.patch(io);
      List<DomainView> added = new ArrayList<>();
      added.add(api.addDomain(app, request(place.host(), place.path(), wish)));
      io.progress(added.getFirst().url() + " leads to " + app + ".");
      if (withWww) {
        added.add(www(api, added.getFirst()));
      }
      return json ? json(DomainView.class, added) : DONE;
    }

    private DomainView www(Api api, DomainView main) throws InterruptedException {
      String host = main.host();
      String other = host.startsWith("www.") ? host.substring("www.".length()) : "www." + host;
      DomainPatch redirect = new DomainPatch(host, null, null, null, null);
      try {
        DomainView view = api.addDomain(app, request(other, null, redirect));
        io.progress("Visitors of " + other + " are sent on to " + host + ".");
        return view;
      } catch (ProblemException e) {
        io.progress(host + " was added, " + other + " was not:");
        throw e;
      }
    }

    private static DomainRequest request(String host, @Nullable String path, DomainPatch wish) {
      return new DomainRequest(
          host,
          path,
          wish.redirectTo(),
          wish.https(),
          wish.allow(),
          wish.logins(),
          wish.maintenance());
    }
  }

  @Command(
      name = "set",
      description = "Changes what a domain asks of visitors; what isn't named stays.",
      footer = {
        "  temps domain set shop.example.com --maintenance",
        "  temps domain set staff.example.com --login none --allow 203.0.113.0/24"
      })
  static final class Change extends OfDomain {
    @Mixin private DomainOptions options = new DomainOptions();

    Change(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws Exception {
      DomainPatch wish = options.patch(io);
      if (wish.equals(new DomainPatch(null, null, null, null, null))) {
        throw Misuse.of("There is nothing to set.", "See: temps domain set --help");
      }
      DomainView after = api.changeDomain(found(api).id(), wish);
      io.progress(text(after) + ": " + asks(after) + ".");
      return json ? json(after) : DONE;
    }
  }

  @Command(
      name = "list",
      description = "Lists domains, where they lead and what they ask of visitors.",
      footer = {"  temps domain list", "  temps domain list web --json"})
  static final class Listing extends ApiCommand {
    @Parameters(paramLabel = "APP", arity = "0..1", description = "Only domains of this app.")
    private @Nullable String app;

    Listing(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      List<DomainView> all = api.domains(app);
      if (json) {
        return json(DomainView.class, all);
      }
      Table table = new Table("DOMAIN", "APP", "ASKS", "CERTIFICATE");
      for (DomainView one : all) {
        table.row(
            text(one), one.app(), asks(one), one.certificate() + ": " + one.certificateDetail());
      }
      return show(table);
    }
  }

  @Command(
      name = "check",
      description = "Looks whether DNS sends visitors to this cluster.",
      footer = {
        "  temps domain check shop.example.com",
        "  temps domain check shop.example.com --json"
      })
  static final class Check extends OfDomain {
    private static final int NOT_HERE = 1;

    Check(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      DomainCheck seen = api.checkDomain(found(api).id());
      if (json) {
        json(seen);
        return seen.ok() ? DONE : NOT_HERE;
      }
      Table table = new Table("ADDRESS", "NODE", "IN DNS");
      seen.found().forEach(a -> table.row(a.address(), a.node() == null ? "-" : a.node(), "yes"));
      List<String> known = seen.found().stream().map(DomainAddress::address).toList();
      seen.wanted().stream()
          .filter(a -> !known.contains(a.address()))
          .forEach(a -> table.row(a.address(), a.node() == null ? "-" : a.node(), "no"));
      show(table);
      io.out().println(seen.detail());
      return seen.ok() ? DONE : NOT_HERE;
    }
  }

  @Command(
      name = "remove",
      description = "Gives a domain up; its visitors get the page of an unknown host.",
      footer = {
        "  temps domain remove shop.example.com",
        "  temps domain remove shop.example.com/api --yes"
      })
  static final class Remove extends OfDomain {
    @Option(names = "--yes", description = "Don't ask.")
    private boolean yes;

    Remove(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws Exception {
      DomainView view = found(api);
      new Questions(io).confirm("Give up " + text(view) + "? It leads to " + view.app() + ".", yes);
      api.removeDomain(view.id());
      io.progress(text(view) + " no longer leads to " + view.app() + ".");
      return DONE;
    }
  }

  /** A command about one domain. */
  abstract static class OfDomain extends ApiCommand {
    @Parameters(paramLabel = "DOMAIN", description = "The host, with its path if it has one.")
    private String domain = "";

    OfDomain(Io io) {
      super(io);
    }

    /** The one of that name, or what the control plane says of it. */
    final DomainView found(Api api) throws InterruptedException {
      Place place = Place.of(domain);
      String asked = (place.host() + (place.path() == null ? "" : place.path()));
      String known = asked.toLowerCase(Locale.ROOT);
      for (DomainView one : api.domains(null)) {
        if (text(one).equals(known) || one.id().equals(asked)) {
          return one;
        }
      }
      return api.domain(place.host());
    }
  }

  /**
   * A domain as it was typed.
   *
   * @param path null for all of the host
   */
  private record Place(String host, @Nullable String path) {
    static Place of(String typed) {
      int slash = typed.indexOf('/');
      if (typed.contains("://")) {
        throw Misuse.of(
            "A domain has no " + typed.substring(0, typed.indexOf(':') + 3) + ".",
            "Give the host alone, e.g. shop.example.com");
      }
      return slash < 0
          ? new Place(typed, null)
          : new Place(typed.substring(0, slash), typed.substring(slash));
    }
  }

  private static String text(DomainView one) {
    return one.path().equals("/") ? one.host() : one.host() + one.path();
  }

  private static String asks(DomainView one) {
    List<String> asks = new ArrayList<>();
    if (one.redirectTo() != null) {
      asks.add("go to " + one.redirectTo());
    }
    if (!one.https().equals("auto")) {
      asks.add("https " + one.https());
    }
    if (!one.allow().isEmpty()) {
      asks.add("come from " + one.allow().stream().limit(3).collect(Collectors.joining(", ")));
    }
    if (!one.members().isEmpty()) {
      asks.add("log in");
    }
    if (one.maintenance()) {
      asks.add("maintenance");
    }
    return asks.isEmpty() ? "nothing" : String.join("; ", asks);
  }
}
