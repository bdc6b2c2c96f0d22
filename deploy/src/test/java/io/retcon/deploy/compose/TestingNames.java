package io.retcon.deploy.compose;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Host names that this JVM knows besides those that the machine knows. */
public final class TestingNames extends InetAddressResolverProvider {
    private static final Map<String, byte[]> KNOWN = new ConcurrentHashMap<>();

    static void add(String name, byte... address) {
        KNOWN.put(name, address);
    }

    @Override
    public String name() {
        return "names of a test";
    }

    @Override
    public InetAddressResolver get(Configuration configuration) {
        var others = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
                    throws UnknownHostException {
                var address = KNOWN.get(host);
                return address == null
                        ? others.lookupByName(host, policy)
                        : Stream.of(InetAddress.getByAddress(host, address));
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return others.lookupByAddress(address);
            }
        };
    }
}
