package dev.temps.agent;

import dev.temps.agent.ingress.CertificateShelf;
import dev.temps.agent.part.Part;
import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.Condition;
import dev.temps.contract.agent.MeshKeys;
import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.contract.agent.PeerObservation;
import dev.temps.contract.agent.Traffic;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Machinery that makes everything true at once, or refuses to in the test's words. */
final class FakeParts implements Parts {
  private final CertificateShelf certificates = new CertificateShelf(Path.of("never-written"));
  final FakePart<Assignment.Workloads> workloads =
      new FakePart<>(Assignment.Workloads::revision, true);
  final FakePart<Assignment.Peers> mesh = new FakePart<>(Assignment.Peers::revision, false);
  final FakePart<Assignment.Routes> ingress = new FakePart<>(Assignment.Routes::revision, false);
  final FakePart<Assignment.Walls> walls = new FakePart<>(Assignment.Walls::revision, false);
  final FakePart<Assignment.Names> names = new FakePart<>(Assignment.Names::revision, false);
  static final String WIREGUARD_KEY = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa=";
  volatile boolean proven;
  volatile boolean closed;
  volatile boolean started;
  final AtomicInteger served = new AtomicInteger();
  volatile Runnable listener = () -> {};
  volatile Supplier<Optional<String>> held = Optional::empty;
  final AtomicInteger woken = new AtomicInteger();

  static final class FakePart<S> implements Part<S> {
    private final ToLongFunction<S> revision;
    private final boolean itself;
    volatile @Nullable S assigned;
    volatile long applied = -1;
    volatile @Nullable String broken;

    FakePart(ToLongFunction<S> revision, boolean itself) {
      this.revision = revision;
      this.itself = itself;
    }

    @Override
    public void assign(S section) {
      assigned = section;
      if (itself) {
        step();
      }
    }

    @Override
    public void step() {
      if (broken != null) {
        throw new IllegalStateException(broken);
      }
      S section = assigned;
      applied = section == null ? -1 : revision.applyAsLong(section);
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

  @Override
  public Part<Assignment.Workloads> workloads() {
    return workloads;
  }

  @Override
  public Part<Assignment.Peers> mesh() {
    return mesh;
  }

  @Override
  public Part<Assignment.Walls> walls() {
    return walls;
  }

  @Override
  public Part<Assignment.Names> names() {
    return names;
  }

  @Override
  public Part<Assignment.Routes> ingress() {
    return ingress;
  }

  @Override
  public CertificateShelf certificates() {
    return certificates;
  }

  @Override
  public Traffic traffic() {
    return new Traffic("fake", List.of());
  }

  @Override
  public List<ObservedWorkload> observed() {
    return List.of();
  }

  @Override
  public List<PeerObservation> peers() {
    return List.of();
  }

  @Override
  public MeshKeys keys() {
    return new MeshKeys(WIREGUARD_KEY, null);
  }

  @Override
  public boolean rotating() {
    return false;
  }

  @Override
  public boolean proven() {
    return proven;
  }

  @Override
  public String engineVersion() {
    return "20.10.24";
  }

  @Override
  public String wireguard() {
    return "userspace";
  }

  @Override
  public void onChange(Runnable listener) {
    this.listener = listener;
  }

  @Override
  public void holdWhile(Supplier<Optional<String>> reason) {
    held = reason;
  }

  @Override
  public void renewLease(java.time.Duration sentAt) {}

  @Override
  public void wake() {
    woken.incrementAndGet();
  }

  @Override
  public void start() {
    started = true;
  }

  @Override
  public void serve() {
    if (served.incrementAndGet() < 3) {
      throw new IllegalStateException("no such address yet");
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
