package dev.temps.control.deployment;

import dev.temps.contract.agent.Desired;
import dev.temps.contract.agent.RouteSpec;
import dev.temps.contract.api.DeployPlan;
import dev.temps.contract.api.DeployRequest;
import dev.temps.control.audit.Actor;
import dev.temps.control.image.Registries;
import dev.temps.control.mesh.ServiceAddresses;
import dev.temps.control.project.Environment;
import dev.temps.control.project.ProjectStore;
import dev.temps.control.project.VariableRules;
import dev.temps.control.project.VariableSet;
import dev.temps.control.scheduler.Strategy;
import dev.temps.control.store.Database;
import dev.temps.control.workload.AgentGateway;
import dev.temps.kit.Ids;
import dev.temps.kit.Problem;
import dev.temps.kit.Time;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Takes a wish for a release: refuses what can be refused with the reason, before anything is
 * touched; else adds the release with all its replicas placed, or a first one that waits for room.
 * The reconciler does the rest. Thread-safe.
 */
public final class DeployService {
  private static final int PORT_DEFAULT = 8080;

  private final Database database;
  private final Fleet fleet;
  private final Registries registries;
  private final AppVariables variables;
  private final ImageResolver images;
  private final Releasing releasing;
  private final ServiceAddresses services;
  private final Ids ids;
  private final Time time;
  private final Runnable changed;

  /** A service over the rooms of {@code parts}. */
  public DeployService(DeploymentParts parts, Registries registries, AgentGateway gateway) {
    this.database = parts.database();
    this.fleet = parts.fleet();
    this.registries = registries;
    this.variables = new AppVariables(parts.sealer());
    this.images = new ImageResolver(gateway);
    this.releasing = new Releasing(parts);
    this.services = new ServiceAddresses(parts.time());
    this.ids = parts.ids();
    this.time = parts.time();
    this.changed = parts.changed();
  }

  private record Before(
      List<Member> members,
      @Nullable ReleaseSettings settings,
      Set<String> apps,
      dev.temps.contract.agent.@Nullable RegistryLogin login) {}

  /**
   * Adds a release.
   *
   * @throws dev.temps.kit.ProblemException 4xx when the wish can't be met; nothing was changed then
   */
  public Deployment deploy(DeployRequest request, Actor actor) {
    Checked checked = checked(request);
    Deployment made = database.write(handle -> add(handle, checked, actor));
    changed.run();
    return made;
  }

  /**
   * What {@link #deploy} would do now, without doing it.
   *
   * @throws dev.temps.kit.ProblemException as {@link #deploy}
   */
  public DeployPlan plan(DeployRequest request, Actor actor) {
    Checked checked = checked(request);
    return database.rehearse(handle -> {
      boolean created = ProjectStore.find(handle, checked.wish().app().text()).isEmpty();
      String id = add(handle, checked, actor).id();
      Deployment made = DeploymentStore.find(handle, id).orElseThrow();
      Environment app = ProjectStore.get(handle, made.environmentId());
      return DeployPlans.of(handle, app, made, created, fleet.members(handle));
    });
  }

  /** A wish that makes sense by itself, with what was found out about it. */
  private record Checked(Wish wish, ReleaseSettings wished, ResolvedImage image) {}

  private Checked checked(DeployRequest request) {
    Wish wish = WishParser.parse(request);
    Before before = database.read(handle -> before(handle, wish));
    ReleaseSettings wished = merged(wish, before);
    String name = wish.app().text();
    OneAtATime.batches(name, wished, wish.rollout());
    PlacementWords.check(wished, before.members());
    PlacementWords.check(
        Seating.spec(name, "", wished, List.of(), Strategy.SPREAD),
        name,
        wished.placement(),
        before.apps());
    if (wish.replicas() != null) {
      Everywhere.refuseNumber(name, wished);
    }
    ResolvedImage image =
        images.resolve(wish.image(), before.login(), Candidates.of(wished, before.members()));
    PlacementWords.checkArchitecture(wish.image(), image, before.members());
    return new Checked(wish, wished, image);
  }

  private Before before(Handle handle, Wish wish) {
    Environment app = ProjectStore.find(handle, wish.app().text()).orElse(null);
    Deployment release =
        app == null ? null : DeploymentStore.current(handle, app.id()).orElse(null);
    return new Before(
        fleet.members(handle),
        release == null ? null : release.parsed(),
        ProjectStore.apps(handle).stream().map(Environment::app).collect(Collectors.toSet()),
        registries.login(handle, wish.image().host()).orElse(null));
  }

  /** The wish over what runs now over the defaults; the image's own facts are still missing. */
  private static ReleaseSettings merged(Wish wish, Before before) {
    ReleaseSettings was = before.settings();
    String node = wish.node() != null ? wish.node() : was == null ? null : was.node();
    List<String> command =
        wish.command() != null ? wish.command() : was == null ? null : was.command();
    RolloutSettings pace =
        RolloutParser.merged(wish.rollout(), wish.healthPath(), was == null ? null : was.rollout());
    boolean byPort = pace.healthCommand() == null && !pace.healthNone();
    String old = was == null || !byPort ? null : was.healthPath();
    String path = wish.healthPath() != null ? wish.healthPath() : old;
    String protocol = protocol(wish.protocol(), was);
    if (protocol != null && path != null && !path.isEmpty()) {
      throw Problem.invalid(
              "health-path",
              "An app that speaks h2c can't be asked for " + path + ": checks speak HTTP/1.1.",
              "Leave out --health, or use --health-command.")
          .raise();
    }
    return new ReleaseSettings(
        List.of(),
        null,
        node == null || node.isEmpty() ? null : Fleet.named(before.members(), node).node().id(),
        wish.require() != null ? wish.require() : was == null ? Map.of() : was.require(),
        wish.avoid() != null ? wish.avoid() : was == null ? Map.of() : was.avoid(),
        command == null || command.isEmpty() ? null : command,
        wish.cpuMillis() != null ? wish.cpuMillis() : was == null ? 0 : was.cpuMillis(),
        wish.memoryBytes() != null ? wish.memoryBytes() : was == null ? 0 : was.memoryBytes(),
        wish.port() != null ? wish.port() : was == null ? 0 : was.port(),
        path == null || path.isEmpty() ? null : path,
        wish.image().host(),
        pace,
        wish.volumes() != null ? wish.volumes() : was == null ? null : was.volumes(),
        wish.exclusive() != null ? wish.exclusive() : was == null ? null : was.exclusive(),
        protocol,
        PlacementParser.merged(wish.placement(), was == null ? null : was.placement()));
  }

  private static @Nullable String protocol(@Nullable String wished, @Nullable ReleaseSettings was) {
    if (wished == null) {
      return was == null ? null : was.protocol();
    }
    return wished.equals(RouteSpec.H2C) ? RouteSpec.H2C : null;
  }

  /** Secrets and what else is kept; plain ones of the wish take the place of the plain ones. */
  private Variables variables(Handle handle, Wish wish, Environment app, Actor actor) {
    VariableSet kept = variables.of(handle, app);
    Map<String, String> plain = wish.variables();
    VariableSet next = plain == null ? kept : kept.secrets().withPlain(plain);
    VariableRules.checked(next.revealed());
    variables.keep(handle, app, next, actor.name(), time.millis());
    return Variables.of(next);
  }

  private static ReleaseSettings completed(ReleaseSettings wished, ResolvedImage image) {
    int exposed = image.exposedPort() > 0 ? image.exposedPort() : PORT_DEFAULT;
    return new ReleaseSettings(
        image.architectures(),
        image.nodes(),
        wished.node(),
        wished.require(),
        wished.avoid(),
        wished.command(),
        wished.cpuMillis(),
        wished.memoryBytes(),
        wished.port() > 0 ? wished.port() : exposed,
        wished.healthPath(),
        wished.registry(),
        wished.rollout(),
        wished.volumes(),
        wished.exclusive(),
        wished.protocol(),
        wished.placement());
  }

  private Deployment add(Handle handle, Checked checked, Actor actor) {
    Wish wish = checked.wish();
    ResolvedImage image = checked.image();
    Environment app = wanted(handle, wish, time.millis());
    Draft draft =
        new Draft(
            wish.image().familiar(),
            image.digest(),
            image.localImageId(),
            completed(checked.wished(), image),
            variables(handle, wish, app, actor),
            null);
    return releasing.add(handle, app, draft, "app.deploy", "", actor);
  }

  private Environment wanted(Handle handle, Wish wish, long now) {
    Optional<Environment> there = ProjectStore.find(handle, wish.app().text());
    if (there.isEmpty()) {
      wish.app().refuseReserved();
      int replicas = wish.replicas() == null ? 1 : wish.replicas();
      ProjectStore.NewIds fresh = new ProjectStore.NewIds(ids.next("p"), ids.next("e"));
      Environment made = ProjectStore.create(handle, wish.app(), fresh, replicas, now);
      services.assign(handle, made);
      return made;
    }
    Environment app = there.get();
    if (!app.project().equals(wish.app().project().value())) {
      throw Problem.conflict(
              "app-name-taken",
              "The app name is taken.",
              app.app() + " is environment " + app.name() + " of project " + app.project() + ".",
              "Choose another project or environment name.")
          .raise();
    }
    int replicas = wish.replicas() == null ? app.replicas() : wish.replicas();
    ProjectStore.want(handle, app, Desired.running, replicas);
    return ProjectStore.get(handle, app.id());
  }
}
