package dev.temps.control.domain;

import dev.temps.contract.agent.SiteSpec;
import dev.temps.contract.json.Json;

/**
 * A claimed host, or a part of its paths.
 *
 * @param app name of the app it leads to
 * @param project name of that app's project
 * @param settings {@link DomainSettings} as JSON
 * @param version raised by every change, for compare-and-set
 */
public record Domain(
    String id,
    String host,
    String path,
    String environmentId,
    String app,
    String project,
    String settings,
    long createdAt,
    String createdBy,
    long version) {

  /** The settings. */
  public DomainSettings parsed() {
    return Json.read(DomainSettings.class, settings);
  }

  /** As people write it: {@code example.com} or {@code example.com/api}. */
  public String text() {
    return path.equals("/") ? host : host + path;
  }

  /**
   * As ingress nodes must serve it.
   *
   * @param trusted whether there is a certificate for it that browsers trust
   */
  public SiteSpec site(boolean trusted) {
    DomainSettings set = parsed();
    boolean httpsOnly =
        switch (set.https()) {
          case auto -> trusted;
          case always -> true;
          case never -> false;
        };
    return new SiteSpec(
        host,
        path,
        set.redirectTo(),
        httpsOnly,
        set.allow(),
        set.members().stream().map(Member::hash).sorted().toList(),
        set.maintenance());
  }
}
