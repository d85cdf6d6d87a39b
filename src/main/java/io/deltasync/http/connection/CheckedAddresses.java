package io.deltasync.http.connection;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.Stream;

import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Looks up the addresses that a connection is then opened to, without those that the
 * policy refuses. As nothing looks up the name again, an answer of DNS that changes has
 * no effect. Thread-safe.
 */
final class CheckedAddresses implements DnsResolver {

	private final AddressPolicy policy;

	CheckedAddresses(AddressPolicy policy) {
		this.policy = policy;
	}

	@Override
	public InetAddress[] resolve(String host) throws UnknownHostException {
		InetAddress[] found = SystemDefaultDnsResolver.INSTANCE.resolve(host);
		InetAddress[] allowed = Stream.of(found).filter(this.policy::allows).toArray(InetAddress[]::new);
		if (found.length > 0 && allowed.length == 0) {
			throw new RefusedAddressException(found[0].getHostAddress());
		}
		return allowed;
	}

	@Override
	public String resolveCanonicalHostname(String host) throws UnknownHostException {
		return SystemDefaultDnsResolver.INSTANCE.resolveCanonicalHostname(host);
	}

	/** The policy refuses all addresses of a host. Its message is the first of them. */
	static final class RefusedAddressException extends UnknownHostException {

		private static final long serialVersionUID = 1L;

		RefusedAddressException(String address) {
			super(address);
		}

	}

}
