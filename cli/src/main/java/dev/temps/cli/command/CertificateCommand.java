package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.Misuse;
import dev.temps.cli.api.Api;
import dev.temps.cli.input.Questions;
import dev.temps.cli.input.Segment;
import dev.temps.cli.output.Table;
import dev.temps.contract.api.AuthorityRequest;
import dev.temps.contract.api.AuthorityView;
import dev.temps.contract.api.CertificateRequest;
import dev.temps.contract.api.CertificateView;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code temps certificate …}: what visitors are shown. */
@Command(
    name = "certificate",
    description = "Certificates that visitors of apps are shown.",
    footer = {
      "  temps certificate add --chain fullchain.pem --key key.pem",
      "  temps certificate list"
    },
    subcommands = {
      CertificateCommand.Add.class,
      CertificateCommand.Listing.class,
      CertificateCommand.Remove.class,
      CertificateCommand.Authority.class
    })
public final class CertificateCommand {

  @Command(
      name = "add",
      description = "Gives a certificate of your own; one for the same names makes way.",
      footer = {
        "  temps certificate add --chain fullchain.pem --key key.pem",
        "  temps certificate add --chain fullchain.pem --key - < key.pem"
      })
  static final class Add extends ApiCommand {
    @Option(
        names = "--chain",
        required = true,
        paramLabel = "FILE",
        description = "Certificate and chain as PEM, leaf first.")
    private String chain = "";

    @Option(
        names = "--key",
        required = true,
        paramLabel = "FILE",
        description = "Its private key as PEM, not encrypted; - for standard input.")
    private String key = "";

    @Option(names = "--leaf-alone", description = "It needs no chain: visitors know who issued it.")
    private boolean leafAlone;

    Add(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws Exception {
      Questions files = new Questions(io);
      String pem = files.text("certificate", chain).reveal();
      String secret = files.text("private key", key).reveal();
      CertificateView added = api.addCertificate(new CertificateRequest(pem, secret, leafAlone));
      io.progress(
          "Visitors of %s are shown it, until %s."
              .formatted(String.join(", ", added.hosts()), day(added.notAfterMillis())));
      return json ? json(added) : DONE;
    }
  }

  @Command(
      name = "list",
      description = "Lists certificates, the one for all other names last.",
      footer = {"  temps certificate list", "  temps certificate list --json"})
  static final class Listing extends ApiCommand {
    Listing(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      List<CertificateView> all = api.certificates();
      if (json) {
        return json(CertificateView.class, all);
      }
      Table table = new Table("CERTIFICATE", "KIND", "FOR", "STATE", "UNTIL", "BY");
      for (CertificateView one : all) {
        table.row(
            one.id(),
            one.kind(),
            String.join(", ", one.hosts()),
            one.state(),
            day(one.notAfterMillis()),
            one.issuer());
      }
      return show(table);
    }
  }

  @Command(
      name = "remove",
      description = "Forgets a certificate and its key.",
      footer = {
        "  temps certificate remove hc-4m1x9a0k2q7zd",
        "  temps certificate remove hc-4m1x9a0k2q7zd --yes"
      })
  static final class Remove extends ApiCommand {
    @Parameters(paramLabel = "CERTIFICATE", description = "Its id.")
    private String id = "";

    @Option(names = "--yes", description = "Don't ask.")
    private boolean yes;

    Remove(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws Exception {
      Segment.of("certificate", id);
      new Questions(io).confirm("Forget certificate " + id + " and its key?", yes);
      api.removeCertificate(id);
      io.progress("Forgot certificate " + id + ".");
      return DONE;
    }
  }

  @Command(
      name = "authority",
      description = "Says who gives claimed domains their certificates; alone: shows it.",
      footer = {
        "  temps certificate authority --email ops@example.com --accept-terms",
        "  temps certificate authority --off"
      })
  static final class Authority extends ApiCommand {
    @Option(
        names = "--email",
        paramLabel = "ADDRESS",
        description = "Where the authority writes to when something is wrong.")
    private @Nullable String email;

    @Option(
        names = "--directory",
        paramLabel = "URL",
        description = "Its ACME directory; Let's Encrypt when not given.")
    private @Nullable String directory;

    @Option(
        names = "--ca",
        paramLabel = "FILE",
        description = "Certificate to trust when talking to an authority of your own, PEM.")
    private @Nullable String ca;

    @Option(names = "--accept-terms", description = "Its terms of service are accepted.")
    private boolean terms;

    @Option(names = "--off", description = "Ask nobody any more; what was given stays.")
    private boolean off;

    Authority(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws Exception {
      if (off) {
        api.unsetAuthority();
        io.progress("No authority is asked any more.");
        return DONE;
      }
      if (email == null && (directory != null || ca != null || terms)) {
        throw Misuse.of("The authority needs an address to write to.", "Give --email.");
      }
      AuthorityView view = email == null ? api.authority() : api.setAuthority(request(email));
      if (json) {
        return json(view);
      }
      io.out()
          .println(
              view.asked()
                  ? "%s, as %s; %d domains wait for a certificate"
                      .formatted(view.directory(), view.email(), view.failing())
                  : "nobody is asked; see: temps certificate authority --help");
      return DONE;
    }

    private AuthorityRequest request(String address) throws IOException {
      String pem = ca == null ? null : new Questions(io).text("certificate", ca).reveal();
      return new AuthorityRequest(address, directory, pem, terms);
    }
  }

  private static String day(long millis) {
    return Instant.ofEpochMilli(millis).toString().substring(0, "2026-01-01".length());
  }
}
