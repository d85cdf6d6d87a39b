package io.deltasync.http.connection;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.Stream;

import org.apache.hc.client5.http.DnsResolver;
import org.jspecify.annotations.Nullable;

/**
 * Looks up the addresses that a connection is then opened to, without those that the
 * policy refuses. As nothing looks up the name again, an answer of DNS that changes has
 * no effect. Thread-safe.
 */
final class CheckedAddresses implements DnsResolver {

	private final AddressPolicy policy;

	private final @Nullable String proxy;

	private final DnsResolver dns;

	/**
	 * Creates the look-up.
	 * @param dns knows all addresses
	 * @param policy what to refuse
	 * @param proxy the proxy's host, whose address is not refused; null if there is none
	 */
	CheckedAddresses(DnsResolver dns, AddressPolicy policy, @Nullable String proxy) {
		this.dns = dns;
		this.policy = policy;
		this.proxy = proxy;
	}

	@Override
	public InetAddress[] resolve(String host) throws UnknownHostException {
		InetAddress[] found = this.dns.resolve(host);
		if (host.equals(this.proxy)) {
			return found;
		}
		InetAddress[] allowed = Stream.of(found).filter(this.policy::allows).toArray(InetAddress[]::new);
		if (found.length > 0 && allowed.length == 0) {
			throw new RefusedAddressException(found[0].getHostAddress());
		}
		return allowed;
	}

	/**
	 * Checks a host whose address only a proxy looks up. Refuses addresses in the place
	 * of a name, and the names of the proxy's own machine.
	 * @throws RefusedAddressException if the host is refused
	 */
	void checkWithoutLookup(String host) throws UnknownHostException {
		boolean local = host.equals("localhost") || host.endsWith(".localhost");
		boolean address = host.matches("[0-9.]+") || host.contains(":");
		if (local || address) {
			resolve(local ? "127.0.0.1" : host);
		}
	}

	@Override
	public String resolveCanonicalHostname(String host) throws UnknownHostException {
		return this.dns.resolveCanonicalHostname(host);
	}

	/** The policy refuses all addresses of a host. Its message is the first of them. */
	static final class RefusedAddressException extends UnknownHostException {

		private static final long serialVersionUID = 1L;

		RefusedAddressException(String address) {
			super(address);
		}

	}

}
