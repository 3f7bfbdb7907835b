package dev.temps.lab.product;

import dev.temps.kit.Secret;

/**
 * How to get into the cluster of a lab.
 *
 * @param url of the API, as the lab's machines reach it
 * @param ownerToken the first token, allowed everything
 * @param recoveryKey opens the data of the control plane when its machine is lost
 * @param caPin fingerprint of the cluster's certificate authority
 */
public record Access(String url, Secret ownerToken, Secret recoveryKey, String caPin) {
  /**
   * Reads what {@code temps serve --json} printed on its first start.
   *
   * @throws IllegalArgumentException when something is missing; shows none of it
   */
  public static Access parse(String json) {
    Reply reply = Reply.object(json);
    return new Access(
        reply.text("url"),
        new Secret(reply.text("ownerToken")),
        new Secret(reply.text("recoveryKey")),
        reply.text("caFingerprint"));
  }

  /** The same fields, to be read by {@link #parse} and by people's scripts. Holds the secrets. */
  String json() {
    return """
    {"url":%s,"ownerToken":%s,"recoveryKey":%s,"caFingerprint":%s}\
    """
        .formatted(
            JsonText.quoted(url),
            JsonText.quoted(ownerToken.reveal()),
            JsonText.quoted(recoveryKey.reveal()),
            JsonText.quoted(caPin));
  }
}
