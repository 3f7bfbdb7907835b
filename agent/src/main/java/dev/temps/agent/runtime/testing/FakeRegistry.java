package dev.temps.agent.runtime.testing;

import dev.temps.agent.runtime.EngineException;
import dev.temps.agent.runtime.EngineException.Kind;
import dev.temps.agent.runtime.ImageInfo;
import dev.temps.contract.agent.RegistryLogin;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be pulled; guarded by the lock of its runtime. */
final class FakeRegistry {
  private record Offer(ImageInfo image, @Nullable RegistryLogin needed) {}

  private final Map<String, Offer> offers = new HashMap<>();

  void offer(String reference, ImageInfo image, @Nullable RegistryLogin needed) {
    offers.put(reference, new Offer(image, needed));
  }

  ImageInfo get(String reference, @Nullable RegistryLogin login) {
    Offer offer = offers.get(reference);
    if (offer == null) {
      throw new EngineException(
          Kind.missing, "manifest for " + reference + " not found: manifest unknown");
    }
    if (offer.needed() != null && !offer.needed().equals(login)) {
      throw new EngineException(Kind.denied, "unauthorized: authentication required");
    }
    return offer.image();
  }
}
