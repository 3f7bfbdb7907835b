package dev.temps.control.dispatch;

import dev.temps.contract.agent.AcmeAnswer;
import dev.temps.contract.agent.CertificateRef;
import dev.temps.contract.agent.ConsoleSpec;
import dev.temps.contract.agent.RouteSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the routes of every ingress come from; implemented by the room that decides them. */
@FunctionalInterface
public interface RouteSource {
  /** All routes of the cluster, in any order. Asked once per change; may read the store. */
  List<RouteSpec> routes();

  /** Certificates every ingress is to show, the one for unknown names first. */
  default List<CertificateRef> certificates() {
    return List.of();
  }

  /** Answers every ingress is to give certificate authorities. */
  default List<AcmeAnswer> answers() {
    return List.of();
  }

  /** The host under which every ingress leads people to the control plane; null: none. */
  default @Nullable ConsoleSpec console() {
    return null;
  }
}
