package dev.temps.agent;

import dev.temps.agent.ingress.CertificateShelf;
import dev.temps.agent.part.Part;
import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.MeshKeys;
import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.contract.agent.PeerObservation;
import dev.temps.contract.agent.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The machinery of one node as the agent drives it. Closing it stops its threads and nothing else:
 * containers, HAProxy, dnsmasq and WireGuard go on. Thread-safe.
 */
interface Parts extends AutoCloseable {
  /** Makes containers true; it runs by itself from {@link #start} on. */
  Part<Assignment.Workloads> workloads();

  /** Makes the mesh true. */
  Part<Assignment.Peers> mesh();

  /** Makes the walls between projects true. */
  Part<Assignment.Walls> walls();

  /** Makes names and addresses of services true. */
  Part<Assignment.Names> names();

  /** Makes the ingress true. */
  Part<Assignment.Routes> ingress();

  /** Certificates the ingress is to show. */
  CertificateShelf certificates();

  /** Workloads as they are. */
  List<ObservedWorkload> observed();

  /** Peers as they are reached. */
  List<PeerObservation> peers();

  /** What the ingress answered since this process started. */
  Traffic traffic();

  /** The node's WireGuard public keys. */
  MeshKeys keys();

  /** Whether its key is being rotated. */
  boolean rotating();

  /** Whether the mesh is proven. */
  boolean proven();

  /** Version of the container engine, "" while it does not answer. */
  String engineVersion();

  /** {@code kernel} or {@code userspace}. */
  String wireguard();

  /** Who is told when something worth reporting changed; called once, before the first step. */
  void onChange(Runnable listener);

  /**
   * No container starts while this says why not; called once, before {@link #start}. {@link #wake}
   * is to follow when that has changed.
   */
  void holdWhile(Supplier<Optional<String>> reason);

  /**
   * Exclusive workloads may run, counted from when the report was sent that the control plane has
   * accepted; a time on the clock of {@code Time.elapsed}.
   */
  void renewLease(Duration sentAt);

  /** Looks again at what may start now. */
  void wake();

  /** Begins to run what runs by itself. */
  void start();

  /**
   * Serves the agent API on the node's mesh address; does nothing when it is served already.
   *
   * @throws Exception when the address can't be bound yet; the caller tries again
   */
  void serve() throws Exception;

  @Override
  void close();
}
