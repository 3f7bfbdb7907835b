package dev.temps.agent;

import dev.temps.agent.identity.NodeIdentity;
import dev.temps.agent.part.Part;
import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.Condition;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Trusts the CAs the assignment names, from the next handshake on. Thread-safe. */
final class CertificatesPart implements Part<Assignment.Certificates> {
  private final NodeIdentity identity;
  private volatile Assignment.@Nullable Certificates wanted;
  private volatile long applied = -1;

  CertificatesPart(NodeIdentity identity) {
    this.identity = identity;
  }

  @Override
  public void assign(Assignment.Certificates section) {
    wanted = section;
  }

  @Override
  public void step() throws IOException {
    Assignment.Certificates section = wanted;
    if (section != null && section.revision() != applied) {
      identity.replaceBundle(section.caBundle());
      applied = section.revision();
    }
  }

  @Override
  public long appliedRevision() {
    return applied;
  }

  @Override
  public List<Condition> conditions() {
    return List.of();
  }
}
