package dev.temps.kit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/**
 * Names are looked up as always, addresses never: whoever asks for an address's name gets the
 * address. The HTTP server asks for the name of every client that connects, and with a name server
 * that is silent each connection would wait ten seconds for it. The JVM finds this by {@code
 * META-INF/services}. Thread-safe.
 */
public final class NoReverseLookups extends InetAddressResolverProvider {
  @Override
  public String name() {
    return "names only";
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    InetAddressResolver usual = configuration.builtinResolver();
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        return usual.lookupByName(host, policy);
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        throw new UnknownHostException("names of addresses are not looked up");
      }
    };
  }
}
