package dev.temps.control.api;

import static dev.temps.control.api.Endpoint.delete;
import static dev.temps.control.api.Endpoint.get;
import static dev.temps.control.api.Endpoint.put;

import dev.temps.contract.api.LinkView;
import dev.temps.control.access.Role;
import dev.temps.control.wall.Link;
import dev.temps.control.wall.Links;
import java.util.List;

/** Which projects may talk to each other. Who is held to projects links only those. */
final class LinkEndpoints {
  private static final String LINKS = "/api/v1/links";
  private static final String LINK = LINKS + "/{project}/{other}";

  private final Links links;

  LinkEndpoints(ApiParts parts) {
    this.links = parts.links();
  }

  List<Endpoint> all() {
    return List.of(
        get(LINKS, Role.viewer, this::list).filtered(),
        put(LINK, Role.developer, this::add).filtered(),
        delete(LINK, Role.developer, this::remove).filtered());
  }

  private void list(Call call) {
    call.sendList(
        LinkView.class, links.list(call.grant()).stream().map(LinkEndpoints::view).toList());
  }

  private void add(Call call) {
    call.send(
        view(links.add(call.path("project"), call.path("other"), call.grant(), call.actor())));
  }

  private void remove(Call call) {
    links.remove(call.path("project"), call.path("other"), call.grant(), call.actor());
    call.sendNothing();
  }

  private static LinkView view(Link link) {
    return new LinkView(link.project(), link.other(), link.createdBy(), link.createdAt());
  }
}
