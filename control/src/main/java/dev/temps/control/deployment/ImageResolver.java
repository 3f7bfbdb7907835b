package dev.temps.control.deployment;

import dev.temps.contract.agent.ImageFacts;
import dev.temps.contract.agent.ImageQuery;
import dev.temps.contract.agent.RegistryLogin;
import dev.temps.control.image.ImageRef;
import dev.temps.control.workload.AgentGateway;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns a reference into content by asking agents, which reach the registries their containers will
 * be pulled from. One answer from a registry is enough; an image that no registry offers is looked
 * for on every open node. Thread-safe.
 */
final class ImageResolver {
  // "read udp 10.0.0.1:34885->10.0.0.2:53: ": the same reason reads differently on every node.
  private static final Pattern SOCKETS =
      Pattern.compile("(?:read|write|dial) (?:udp|tcp) [^ ]*->[^ ]*: ");

  private static final int ASKED_MAX = 64; // more nodes than that need a registry

  private final AgentGateway gateway;

  ImageResolver(AgentGateway gateway) {
    this.gateway = gateway;
  }

  private record Answer(Member member, @Nullable ImageFacts facts, @Nullable Problem problem) {}

  /**
   * What the reference means.
   *
   * @param candidates nodes to ask, the most telling first
   * @throws ProblemException 422 when neither a registry nor a node has it, 503 when no node could
   *     be asked
   */
  ResolvedImage resolve(ImageRef image, @Nullable RegistryLogin login, List<Member> candidates) {
    if (candidates.isEmpty()) {
      throw Problem.of(
              "no-node-ready",
              503,
              "No node is ready to run anything.",
              "The image " + image.familiar() + " can't be looked up without one.",
              "Look at the nodes with: temps node list")
          .raise();
    }
    ImageQuery query = new ImageQuery(image.familiar(), login);
    Answer first = ask(candidates.getFirst(), query);
    List<Answer> answers = new ArrayList<>(List.of(first));
    if (first.facts() == null || first.facts().digest() == null) {
      answers.addAll(askAll(candidates.subList(1, candidates.size()), query));
    }
    for (Answer answer : answers) {
      ImageFacts facts = answer.facts();
      if (facts != null && facts.digest() != null) {
        return new ResolvedImage(
            facts.digest(), null, null, facts.architectures(), facts.exposedPort());
      }
    }
    return local(image, answers);
  }

  private ResolvedImage local(ImageRef image, List<Answer> answers) {
    Map<String, List<Answer>> byId = new TreeMap<>();
    for (Answer answer : answers) {
      if (answer.facts() != null && answer.facts().localImageId() != null) {
        byId.computeIfAbsent(answer.facts().localImageId(), _ -> new ArrayList<>()).add(answer);
      }
    }
    Map.Entry<String, List<Answer>> most =
        byId.entrySet().stream()
            .max(Comparator.comparingInt(e -> e.getValue().size()))
            .orElseThrow(() -> missing(image, answers));
    ImageFacts facts = most.getValue().getFirst().facts();
    return new ResolvedImage(
        null,
        most.getKey(),
        most.getValue().stream().map(a -> a.member().node().id()).toList(),
        facts == null ? List.of() : facts.architectures(),
        facts == null ? 0 : facts.exposedPort());
  }

  private static ProblemException missing(ImageRef image, List<Answer> answers) {
    if (answers.stream().allMatch(a -> a.facts() == null)) {
      Problem why = answers.getFirst().problem();
      return why == null ? new ProblemException(unreachable()) : why.raise();
    }
    Set<String> whys = new LinkedHashSet<>();
    for (Answer answer : answers) {
      ImageFacts facts = answer.facts();
      if (facts != null) {
        String why = facts.registryError();
        whys.add(
            why == null ? "the registry does not have it" : SOCKETS.matcher(why).replaceAll(""));
      }
    }
    return Problem.of(
            "image-missing",
            422,
            "The image can't be found.",
            image.familiar()
                + " is on no node, and from its registry "
                + image.host()
                + ": "
                + whys.stream().limit(3).collect(Collectors.joining("; ")),
            "Check the name; for a private image log in with: temps registry login " + image.host())
        .raise();
  }

  private static Problem unreachable() {
    return Problem.of("agent-unreachable", 502, "No agent could be asked.", "", "Try again.");
  }

  private Answer ask(Member member, ImageQuery query) {
    try {
      return new Answer(member, gateway.resolve(member.agent(), query), null);
    } catch (ProblemException e) {
      return new Answer(member, null, e.problem());
    }
  }

  private List<Answer> askAll(List<Member> members, ImageQuery query) {
    List<Answer> answers = new ArrayList<>();
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> asked =
          members.stream()
              .limit(ASKED_MAX)
              .map(member -> pool.submit(() -> ask(member, query)))
              .toList();
      for (Future<Answer> one : asked) {
        answers.add(one.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(unreachable(), e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("asking agents for " + query.reference(), e);
    }
    return answers;
  }
}
