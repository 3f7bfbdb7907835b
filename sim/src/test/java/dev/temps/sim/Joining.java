package dev.temps.sim;

import dev.temps.contract.agent.RegisterRequest;
import dev.temps.control.node.Node;
import dev.temps.control.secret.CertificateAuthority;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A machine's registration with a token of its own; keys are made once for all runs. */
final class Joining {
  private static final Map<Integer, KeyPair> KEYS = new ConcurrentHashMap<>();

  private Joining() {}

  static Node join(SimControl control, SimNode node, Bug bug) {
    var invitation =
        node.number == 0
            ? control.invitations.createLocal()
            : control.invitations.create(SimControl.ANNA, null, null, Map.of());
    String token = invitation.token().text().reveal();
    KeyPair keys = KEYS.computeIfAbsent(node.number, _ -> CertificateAuthority.newKey());
    String publicKey = Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    RegisterRequest request =
        new RegisterRequest(
            node.contract,
            "0." + node.contract,
            token,
            publicKey,
            sign(keys, RegisterRequest.signed(token, publicKey, node.wireguardKey)),
            node.wireguardKey,
            51820,
            null,
            List.of("192.0.2." + node.number + ":51820"),
            Map.of("zone", "z" + node.number % 2),
            node.ingress,
            Bugs.facts(bug, node.host),
            control.clock.millis());
    Node made = control.registration.register(request, "203.0.113.5").node();
    control.directory.refresh(made.id());
    return made;
  }

  private static String sign(KeyPair keys, String text) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
