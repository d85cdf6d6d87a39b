package io.deltasync.http.target;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import io.deltasync.api.LinkContext;
import io.deltasync.http.connection.HttpCall;

/**
 * Computes the key by which a server recognises that a request is repeated.
 */
final class IdempotencyKey {

	private IdempotencyKey() {
	}

	/**
	 * Returns the key of a request. The run is part of it: a record that changes back to
	 * an earlier version must be written again, although the request is the same.
	 */
	static String of(LinkContext context, HttpCall call) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			for (String part : new String[] { context.linkName(), context.runTimestamp().toString(), call.method(),
					call.target() }) {
				digest.update((part.length() + " " + part).getBytes(StandardCharsets.UTF_8));
			}
			HttpCall.Body body = call.body();
			if (body != null) {
				digest.update(body.content());
			}
			return HexFormat.of().formatHex(digest.digest(), 0, 16);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
