package io.deltasync.notify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs messages as Standard Webhooks specifies: HMAC-SHA256 over the message's id, the
 * time of the attempt and the body.
 */
final class WebhookSignature {

	private static final String ALGORITHM = "HmacSHA256";

	private WebhookSignature() {
	}

	/**
	 * Returns the signature.
	 * @param key the key that both sides know
	 * @param messageId the message's id
	 * @param at the time of the attempt
	 * @param body the body
	 * @return the value of the header {@code webhook-signature}
	 */
	static String of(byte[] key, String messageId, Instant at, String body) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(new SecretKeySpec(key, ALGORITHM));
			String signed = "%s.%d.%s".formatted(messageId, at.getEpochSecond(), body);
			return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
