package io.deltasync.http.connection;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * Encrypts tokens with a key that is derived from a configured secret, so that the
 * database alone, or a copy of it, reveals none. Immutable.
 */
final class TokenSeal {

	private static final int SALT = 16;

	private static final int NONCE = 12;

	private static final int TAG_BITS = 128;

	private static final int KEY_BITS = 256;

	private static final int ITERATIONS = 20_000;

	private final SecureRandom random = new SecureRandom();

	private final String secret;

	/** Creates the seal of a configured secret. */
	TokenSeal(String secret) {
		this.secret = secret;
	}

	/** Encrypts a text. */
	String seal(String text) {
		byte[] head = new byte[SALT + NONCE];
		this.random.nextBytes(head);
		try {
			byte[] sealed = cipher(Cipher.ENCRYPT_MODE, head).doFinal(text.getBytes(StandardCharsets.UTF_8));
			byte[] all = Arrays.copyOf(head, head.length + sealed.length);
			System.arraycopy(sealed, 0, all, head.length, sealed.length);
			return Base64.getEncoder().encodeToString(all);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Tokens cannot be encrypted by this Java: " + ex.getMessage(), ex);
		}
	}

	/**
	 * Decrypts a text.
	 * @return the text; null if it was encrypted with another secret or is damaged
	 */
	@Nullable String open(String sealed) {
		try {
			byte[] all = Base64.getDecoder().decode(sealed);
			byte[] head = Arrays.copyOf(all, SALT + NONCE);
			return new String(cipher(Cipher.DECRYPT_MODE, head).doFinal(all, head.length, all.length - head.length),
					StandardCharsets.UTF_8);
		}
		catch (GeneralSecurityException | IllegalArgumentException ex) {
			return null;
		}
	}

	private Cipher cipher(int mode, byte[] head) throws GeneralSecurityException {
		PBEKeySpec spec = new PBEKeySpec(this.secret.toCharArray(), Arrays.copyOf(head, SALT), ITERATIONS, KEY_BITS);
		SecretKey key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec);
		Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
		cipher.init(mode, new SecretKeySpec(key.getEncoded(), "AES"),
				new GCMParameterSpec(TAG_BITS, Arrays.copyOfRange(head, SALT, SALT + NONCE)));
		return cipher;
	}

}
