package io.deltasync.console.security;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;

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

	private final SecureRandom random = new SecureRandom();

	public Users(JdbcTemplate jdbc, PasswordEncoder encoder) {
		this.jdbc = jdbc;
		this.encoder = encoder;
	}

	/**
	 * Creates the first user with a generated password, if there is no user. If several
	 * processes start at the same time, one of them does.
	 * @param now the current time
	 * @return the password; empty if there is a user already
	 */
	public Optional<String> createFirst(Instant now) {
		if (!this.jdbc.queryForList("SELECT 1 FROM SYNC_USER LIMIT 1").isEmpty()) {
			return Optional.empty();
		}
		byte[] bytes = new byte[PASSWORD_BYTES];
		this.random.nextBytes(bytes);
		String password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
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
