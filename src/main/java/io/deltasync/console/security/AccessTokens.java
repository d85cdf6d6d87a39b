package io.deltasync.console.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;

/**
 * Access tokens of the REST API. A token has a role, may be limited to some Links, and
 * may expire. Only hashes are stored; tokens are random, so that a plain SHA-256 is
 * enough. Thread-safe.
 */
public class AccessTokens implements OpaqueTokenIntrospector {

	/** The Links of a token, in its principal's attributes; missing for all Links. */
	public static final String LINKS = "links";

	private static final String PREFIX = "deltasync_";

	private static final int TOKEN_BYTES = 32;

	private final JdbcTemplate jdbc;

	private final InstantSource clock;

	public AccessTokens(JdbcTemplate jdbc, InstantSource clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Creates a token.
	 * @param name the name of the token
	 * @param role its role
	 * @param links the Links that it is limited to; null for all Links
	 * @param expires when it expires; null for never
	 * @return the token, which is not stored
	 * @throws org.springframework.dao.DuplicateKeyException if there is a token of that
	 * name
	 */
	public String create(String name, Role role, @Nullable List<String> links, @Nullable Instant expires) {
		String token = generate();
		this.jdbc.update(
				"INSERT INTO SYNC_TOKEN (NAME, HASH, ROLE, LINKS, CREATED_AT, EXPIRES_AT) VALUES (?, ?, ?, ?, ?, ?)",
				name, hash(token), role.name(), (links != null) ? String.join("\n", links) : null,
				utc(this.clock.instant()), (expires != null) ? utc(expires) : null);
		return token;
	}

	/**
	 * Lists the tokens.
	 * @return all of them, by name
	 */
	List<AccessControl.TokenInfo> all() {
		return this.jdbc.query("SELECT NAME, ROLE, LINKS, CREATED_AT, EXPIRES_AT FROM SYNC_TOKEN ORDER BY NAME",
				(row, number) -> {
					String links = row.getString(3);
					LocalDateTime expires = row.getObject(5, LocalDateTime.class);
					return new AccessControl.TokenInfo(row.getString(1), Role.valueOf(row.getString(2)),
							(links != null) ? List.of(links.split("\n")) : null,
							row.getObject(4, LocalDateTime.class).toInstant(ZoneOffset.UTC),
							(expires != null) ? expires.toInstant(ZoneOffset.UTC) : null);
				});
	}

	/**
	 * Deletes a token.
	 * @param name the name of the token
	 * @return false if there is none
	 */
	public boolean delete(String name) {
		return this.jdbc.update("DELETE FROM SYNC_TOKEN WHERE NAME = ?", name) > 0;
	}

	@Override
	public OAuth2AuthenticatedPrincipal introspect(String token) {
		return this.jdbc.query("SELECT NAME, ROLE, LINKS, EXPIRES_AT FROM SYNC_TOKEN WHERE HASH = ?", (row, number) -> {
			LocalDateTime expires = row.getObject(4, LocalDateTime.class);
			if (expires != null && !this.clock.instant().isBefore(expires.toInstant(ZoneOffset.UTC))) {
				throw new BadOpaqueTokenException("The token has expired");
			}
			String links = row.getString(3);
			Map<String, Object> attributes = (links != null)
					? Map.of("sub", row.getString(1), LINKS, List.of(links.split("\n")))
					: Map.of("sub", row.getString(1));
			return new DefaultOAuth2AuthenticatedPrincipal("token:" + row.getString(1), attributes,
					List.of(new SimpleGrantedAuthority(Role.valueOf(row.getString(2)).authority())));
		}, hash(token)).stream().findFirst().orElseThrow(() -> new BadOpaqueTokenException("The token is unknown"));
	}

	/**
	 * Generates a token, which is not stored.
	 * @return a random token
	 */
	static String generate() {
		byte[] bytes = new byte[TOKEN_BYTES];
		new SecureRandom().nextBytes(bytes);
		return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	private static String hash(String token) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static LocalDateTime utc(Instant time) {
		return LocalDateTime.ofInstant(time.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
	}

}
