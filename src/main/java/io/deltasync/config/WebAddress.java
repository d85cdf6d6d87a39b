package io.deltasync.config;

import java.net.URI;
import java.net.URISyntaxException;

import org.jspecify.annotations.Nullable;

/**
 * Checks addresses that DeltaSync calls. An address may contain a secret, so no text of
 * this class contains more of it than the host.
 */
public final class WebAddress {

	private WebAddress() {
	}

	/**
	 * Checks an address.
	 * @param address the address as configured
	 * @return why it cannot be called, as the predicate of a sentence; null if it can
	 */
	public static @Nullable String problem(String address) {
		URI uri;
		try {
			uri = new URI(address);
		}
		catch (URISyntaxException ex) {
			return "is not a URL (character %d is not allowed); it begins with https:// or http://"
				.formatted(ex.getIndex() + 1);
		}
		if (!"http".equalsIgnoreCase(uri.getScheme()) && !"https".equalsIgnoreCase(uri.getScheme())) {
			return "is not a web address; it begins with https:// or http://";
		}
		if (uri.getHost() == null) {
			return "has no host; it is like https://alerts.example.com/hook";
		}
		if (uri.getRawUserInfo() != null) {
			return "contains a user or a password before the host; put the secret into the path, or use 'secret'";
		}
		return (uri.getRawFragment() != null) ? "contains a '#', and what follows it is never sent; remove it" : null;
	}

	/**
	 * Returns the part of an address that is not secret.
	 * @param address a valid address
	 * @return its scheme, host and port
	 */
	public static String place(String address) {
		URI uri = URI.create(address);
		return uri.getScheme() + "://" + uri.getHost() + ((uri.getPort() >= 0) ? ":" + uri.getPort() : "");
	}

}
