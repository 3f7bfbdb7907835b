package dev.temps.agent.session;

import dev.temps.agent.identity.NodeIdentity;
import dev.temps.contract.agent.CertificateReply;
import dev.temps.contract.agent.Contract;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * Renews the node's certificate at half of its life, with the same key and without a restart. Run
 * again and again by one thread.
 */
public final class Renewal {
  private static final Logger LOG = System.getLogger(Renewal.class.getName());
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final NodeIdentity identity;
  private final ControlClient client;

  /** For this identity. */
  public Renewal(NodeIdentity identity, ControlClient client) {
    this.identity = identity;
    this.client = client;
  }

  /**
   * Renews if it is due.
   *
   * @throws IOException when the new certificate can't be written; the old one stays in use
   */
  public void step() throws IOException {
    if (!identity.renewalDue()) {
      return;
    }
    CertificateReply reply = client.post(Contract.CERTIFICATE, "", CertificateReply.class, LIMIT);
    identity.replaceCertificate(reply.certificate());
    identity.replaceBundle(reply.caBundle());
    LOG.log(Level.INFO, "certificate renewed");
  }
}
