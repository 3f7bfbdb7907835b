package dev.temps.control.api;

import static dev.temps.control.api.Endpoint.delete;
import static dev.temps.control.api.Endpoint.get;
import static dev.temps.control.api.Endpoint.post;

import dev.temps.contract.api.ApiTokenCreated;
import dev.temps.contract.api.ApiTokenRequest;
import dev.temps.contract.api.ApiTokenView;
import dev.temps.control.access.Grant;
import dev.temps.control.access.Role;
import dev.temps.control.access.Token;
import dev.temps.control.access.TokenWish;
import dev.temps.control.access.Tokens;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** API tokens. Their text goes out once, when they are made. */
final class TokenEndpoints {
  private static final String ALL = "/api/v1/tokens";

  private final ApiParts parts;

  TokenEndpoints(ApiParts parts) {
    this.parts = parts;
  }

  List<Endpoint> all() {
    return List.of(
        get(ALL, Role.operator, this::list),
        post(ALL, Role.operator, this::create),
        delete(ALL + "/{token}", Role.operator, this::revoke));
  }

  private void list(Call call) {
    long now = parts.time().millis();
    call.sendList(
        ApiTokenView.class, parts.tokens().list().stream().map(t -> view(t, now)).toList());
  }

  private void create(Call call) {
    ApiTokenRequest body = call.body(ApiTokenRequest.class);
    TokenWish wish =
        new TokenWish(
            body.name(),
            body.role(),
            body.projects() == null ? List.of() : body.projects(),
            body.ttlSeconds());
    Tokens.Created made = parts.tokens().create(call.caller(), call.actor(), wish);
    Token token = made.token();
    call.sendCreated(
        new ApiTokenCreated(
            token.id(),
            token.name(),
            made.secret().reveal(),
            token.grant().role().name(),
            projects(token.grant()),
            orZero(token.grant().endsAt())));
  }

  private void revoke(Call call) {
    parts.tokens().revoke(call.caller(), call.actor(), call.path("token"));
    call.sendNothing();
  }

  private static ApiTokenView view(Token token, long now) {
    return new ApiTokenView(
        token.id(),
        token.name(),
        token.grant().role().name(),
        projects(token.grant()),
        token.state(now).name(),
        token.createdBy(),
        token.createdAt(),
        orZero(token.grant().endsAt()),
        orZero(token.lastUsedAt()));
  }

  /** As a list people can compare. */
  static List<String> projects(Grant grant) {
    return grant.projects().stream().sorted().toList();
  }

  /** How the API says never. */
  static long orZero(@Nullable Long at) {
    return at == null ? 0 : at;
  }
}
