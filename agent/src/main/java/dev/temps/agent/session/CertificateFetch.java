package dev.temps.agent.session;

import dev.temps.agent.ingress.CertificateShelf;
import dev.temps.contract.agent.CertificateRef;
import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.HostCertificate;
import dev.temps.kit.ProblemException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Fetches the certificates an ingress is to show and has not got. One thread. */
public final class CertificateFetch {
  private static final Logger LOG = System.getLogger(CertificateFetch.class.getName());
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final ControlClient client;
  private final CertificateShelf shelf;

  /** From the control plane onto the shelf. */
  public CertificateFetch(ControlClient client, CertificateShelf shelf) {
    this.client = client;
    this.shelf = shelf;
  }

  /** Fetches all that is missing; free when nothing is. */
  public void step() throws IOException {
    for (CertificateRef missing : shelf.missing()) {
      try {
        fetch(missing);
      } catch (ControlAwayException e) {
        return; // the session tells about it
      } catch (ProblemException e) {
        // It may have been renewed in this moment: the next assignment names another.
        LOG.log(Level.INFO, "certificate " + missing.id() + ": " + e.problem().line());
      }
    }
  }

  private void fetch(CertificateRef missing) throws IOException {
    String path = Contract.HOST_CERTIFICATE + "/" + missing.id() + "/" + missing.hash();
    Optional<HostCertificate> found = client.get(path, Map.of(), HostCertificate.class, LIMIT);
    if (found.isEmpty() || !shelf.put(missing, found.get().pem())) {
      LOG.log(Level.WARNING, "certificate " + missing.id() + " is not what was announced");
    }
  }
}
