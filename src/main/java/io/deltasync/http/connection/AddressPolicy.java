package io.deltasync.http.connection;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Decides which addresses a connection may lead to. By default only public ones, so that
 * nobody can use a name in DNS, a link in an answer, or a redirect to reach servers of
 * the own network. Immutable.
 */
final class AddressPolicy {

	private static final List<Network> PRIVATE = networks("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12",
			"192.168.0.0/16", "100.64.0.0/10", "::1/128", "fc00::/7", "fec0::/10");

	/**
	 * Never meant by {@code allow-private}: servers with the credentials of a machine in
	 * a cloud, and addresses without a server.
	 */
	private static final List<Network> SPECIAL = networks("0.0.0.0/8", "169.254.0.0/16", "100.100.100.200/32",
			"168.63.129.16/32", "192.0.0.0/24", "192.0.2.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
			"224.0.0.0/3", "::/128", "fe80::/10", "fd00:ec2::254/128", "ff00::/8", "2001::/32", "2001:db8::/32",
			"64:ff9b:1::/48");

	private final boolean allowPrivate;

	private final List<Network> allowed;

	private AddressPolicy(boolean allowPrivate, List<Network> allowed) {
		this.allowPrivate = allowPrivate;
		this.allowed = allowed;
	}

	/**
	 * Returns the policy of a connection.
	 * @throws IllegalArgumentException if an address of the settings is malformed
	 */
	static AddressPolicy of(HttpSettings settings) {
		List<String> allowed = (settings.allowAddresses() != null) ? settings.allowAddresses() : List.of();
		return new AddressPolicy(settings.allowPrivate(), allowed.stream().map(Network::of).toList());
	}

	/** Whether a connection to this address may be opened. */
	boolean allows(InetAddress address) {
		byte[] bytes = embedded(address.getAddress());
		if (contains(this.allowed, bytes) || contains(this.allowed, address.getAddress())) {
			return true;
		}
		return !contains(SPECIAL, bytes) && (this.allowPrivate || !contains(PRIVATE, bytes));
	}

	/**
	 * Returns the IPv4 address inside an IPv6 address that leads to it: IPv4-compatible,
	 * translated (NAT64) and 6to4 addresses.
	 */
	private static byte[] embedded(byte[] address) {
		if (address.length == 4) {
			return address;
		}
		byte[] translated = { 0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0 };
		byte[] start = Arrays.copyOf(address, 12);
		boolean loopback = Arrays.equals(address, 0, 15, new byte[15], 0, 15);
		if (Arrays.equals(start, translated) || (Arrays.equals(start, new byte[12]) && !loopback)) {
			return Arrays.copyOfRange(address, 12, 16);
		}
		return (address[0] == 0x20 && address[1] == 0x02) ? Arrays.copyOfRange(address, 2, 6) : address;
	}

	private static boolean contains(List<Network> networks, byte[] address) {
		return networks.stream().anyMatch((network) -> network.contains(address));
	}

	private static List<Network> networks(String... texts) {
		return Stream.of(texts).map(Network::of).toList();
	}

	/**
	 * A range of addresses.
	 *
	 * @param start the first address
	 * @param bits how many of its bits all addresses share
	 */
	private record Network(byte[] start, int bits) {

		static Network of(String text) {
			String[] parts = text.strip().split("/", 2);
			// a name would be looked up in DNS
			if (!parts[0].matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
				throw malformed(text);
			}
			try {
				byte[] start = InetAddress.getByName(parts[0]).getAddress();
				int bits = (parts.length == 2) ? Integer.parseInt(parts[1]) : start.length * 8;
				if (bits < 0 || bits > start.length * 8) {
					throw malformed(text);
				}
				return new Network(start, bits);
			}
			catch (UnknownHostException | NumberFormatException ex) {
				throw malformed(text);
			}
		}

		private static IllegalArgumentException malformed(String text) {
			return new IllegalArgumentException(
					"contains '%s', which is neither an address such as 10.1.2.3 nor a network such as 10.1.0.0/16"
						.formatted(text));
		}

		boolean contains(byte[] address) {
			if (address.length != this.start.length) {
				return false;
			}
			for (int bit = 0; bit < this.bits; bit++) {
				int mask = 0x80 >> (bit % 8);
				if ((address[bit / 8] & mask) != (this.start[bit / 8] & mask)) {
					return false;
				}
			}
			return true;
		}

	}

}
