package io.deltasync.console.security;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * The users who sign in with a password. Only hashes of passwords are stored.
 * Thread-safe.
 */
public class Users implements UserDetailsService {

	/** The user that the first start creates. */
	public static final String FIRST = "admin";

	private static final int PASSWORD_BYTES = 18;

	private final JdbcTemplate jdbc;

	private final PasswordEncoder encoder;

	public Users(JdbcTemplate jdbc, PasswordEncoder encoder) {
		this.jdbc = jdbc;
		this.encoder = encoder;
	}

	/**
	 * Creates the first user if there is no user. If several processes start at the same
	 * time, one of them does.
	 * @param given the password; null to generate one
	 * @param now the current time
	 * @return the password; empty if there is a user already
	 */
	public Optional<String> createFirst(@Nullable String given, Instant now) {
		if (!this.jdbc.queryForList("SELECT 1 FROM SYNC_USER LIMIT 1").isEmpty()) {
			return Optional.empty();
		}
		String password = (given != null) ? given : generatePassword();
		try {
			add(FIRST, password, Role.ADMIN, now);
			return Optional.of(password);
		}
		catch (DuplicateKeyException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Adds a user.
	 * @param name the name
	 * @param password the password
	 * @param role the role
	 * @param now the current time
	 * @throws DuplicateKeyException if there is a user of that name
	 */
	public void add(String name, String password, Role role, Instant now) {
		this.jdbc.update("INSERT INTO SYNC_USER (NAME, PASSWORD, ROLE, CREATED_AT) VALUES (?, ?, ?, ?)", name,
				this.encoder.encode(password), role.name(),
				LocalDateTime.ofInstant(now.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC));
	}

	/**
	 * Whether there is a user.
	 * @param name the user
	 * @return false if there is no such user
	 */
	public boolean exists(String name) {
		return !this.jdbc.queryForList("SELECT 1 FROM SYNC_USER WHERE NAME = ?", name).isEmpty();
	}

	/**
	 * Sets a user's password.
	 * @param name the user
	 * @param password the new password
	 * @return false if there is no such user
	 */
	boolean setPassword(String name, String password) {
		return this.jdbc.update("UPDATE SYNC_USER SET PASSWORD = ? WHERE NAME = ?", this.encoder.encode(password),
				name) > 0;
	}

	/**
	 * Deletes a user.
	 * @param name the user
	 * @return false if there is no such user
	 */
	boolean delete(String name) {
		return this.jdbc.update("DELETE FROM SYNC_USER WHERE NAME = ?", name) > 0;
	}

	/**
	 * Lists the users.
	 * @return all of them, by name
	 */
	List<AccessControl.UserInfo> all() {
		return this.jdbc.query("SELECT NAME, ROLE, CREATED_AT FROM SYNC_USER ORDER BY NAME",
				(row, number) -> new AccessControl.UserInfo(row.getString(1), Role.valueOf(row.getString(2)),
						row.getObject(3, LocalDateTime.class).toInstant(ZoneOffset.UTC)));
	}

	/**
	 * Generates a password.
	 * @return a random password, which is not stored
	 */
	static String generatePassword() {
		byte[] bytes = new byte[PASSWORD_BYTES];
		new SecureRandom().nextBytes(bytes);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	@Override
	public UserDetails loadUserByUsername(String name) {
		return this.jdbc
			.query("SELECT PASSWORD, ROLE FROM SYNC_USER WHERE NAME = ?",
					(row, number) -> User.withUsername(name)
						.password(row.getString(1))
						.authorities(Role.valueOf(row.getString(2)).authority())
						.build(),
					name)
			.stream()
			.findFirst()
			.orElseThrow(() -> new UsernameNotFoundException("There is no user of that name"));
	}

}
