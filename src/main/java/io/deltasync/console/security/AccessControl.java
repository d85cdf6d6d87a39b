package io.deltasync.console.security;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import io.deltasync.audit.AuditLog;
import io.deltasync.console.ConflictException;
import io.deltasync.console.Person;
import io.deltasync.console.UnknownException;
import io.deltasync.link.ServeSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives and takes access: creates and deletes users and access tokens. Each change and
 * its entry in the audit log are committed together. Thread-safe.
 */
public class AccessControl {

	/** The shortest password, in characters. */
	public static final int MIN_PASSWORD = ServeSettings.MIN_PASSWORD;

	private static final int MAX_NAME = 100;

	private static final int MAX_LINKS = 4000;

	private final Users users;

	private final AccessTokens tokens;

	private final AuditLog audit;

	private final TransactionTemplate transaction;

	private final InstantSource clock;

	/**
	 * Creates it.
	 * @param users stores users
	 * @param tokens stores access tokens
	 * @param audit stores each change
	 * @param transaction runs a change in its own transaction
	 * @param clock the clock of the database
	 */
	public AccessControl(Users users, AccessTokens tokens, AuditLog audit, TransactionTemplate transaction,
			InstantSource clock) {
		this.users = users;
		this.tokens = tokens;
		this.audit = audit;
		this.transaction = transaction;
		this.clock = clock;
	}

	/**
	 * Creates an access token.
	 * @param name the name of the token
	 * @param role its role
	 * @param links the Links that it is limited to; null for all Links
	 * @param expires when it expires; null for never
	 * @param who the person
	 * @return the token, which is not stored
	 * @throws ConflictException if there is a token of that name, or the name or the list
	 * of Links cannot be stored
	 */
	public String createToken(String name, Role role, @Nullable List<String> links, @Nullable Instant expires,
			Person who) {
		checkName(name);
		if (links != null && String.join("\n", links).length() > MAX_LINKS) {
			throw new ConflictException("These are too many Links for one token; create several tokens");
		}
		String limits = ((links != null) ? ", Links: " + String.join(", ", links) : "")
				+ ((expires != null) ? ", until " + expires : "");
		return changing(() -> {
			String token = this.tokens.create(name, role, links, expires);
			this.audit.add(who.name(), "create-token", null, null, null,
					"%s: %s%s".formatted(name, role.words(), limits));
			return token;
		}, "There is a token '%s' already".formatted(name));
	}

	/**
	 * Deletes an access token, which is then refused at once.
	 * @param name the name of the token
	 * @param who the person
	 * @throws UnknownException if there is none
	 */
	public void deleteToken(String name, Person who) {
		this.transaction.executeWithoutResult((status) -> {
			if (!this.tokens.delete(name)) {
				throw new UnknownException("There is no token '%s'".formatted(name));
			}
			this.audit.add(who.name(), "delete-token", null, null, name, null);
		});
	}

	/**
	 * Lists the access tokens.
	 * @return all of them, by name
	 */
	public List<TokenInfo> tokens() {
		return this.tokens.all();
	}

	/**
	 * Adds a user.
	 * @param name the name
	 * @param password the password
	 * @param role the role
	 * @param who the person who adds the user
	 * @throws ConflictException if there is a user of that name, the name cannot be
	 * stored or the password is too short
	 */
	public void addUser(String name, String password, Role role, Person who) {
		checkName(name);
		checkPassword(password);
		if (role == Role.PUSH) {
			throw new ConflictException("The role push is for access tokens: create one with 'token create'");
		}
		changing(() -> {
			this.users.add(name, password, role, this.clock.instant());
			this.audit.add(who.name(), "add-user", null, null, null, "%s: %s".formatted(name, role.words()));
			return name;
		}, "There is a user '%s' already".formatted(name));
	}

	/**
	 * Sets a user's password.
	 * @param name the user
	 * @param password the new password
	 * @param who the person who sets it
	 * @throws UnknownException if there is no such user
	 * @throws ConflictException if the password is too short
	 */
	public void setPassword(String name, String password, Person who) {
		checkPassword(password);
		this.transaction.executeWithoutResult((status) -> {
			if (!this.users.setPassword(name, password)) {
				throw new UnknownException("There is no user '%s'".formatted(name));
			}
			this.audit.add(who.name(), "set-password", null, null, null, name);
		});
	}

	/**
	 * Deletes a user.
	 * @param name the user
	 * @param who the person who deletes it
	 * @throws UnknownException if there is no such user
	 */
	public void deleteUser(String name, Person who) {
		this.transaction.executeWithoutResult((status) -> {
			if (!this.users.delete(name)) {
				throw new UnknownException("There is no user '%s'".formatted(name));
			}
			this.audit.add(who.name(), "delete-user", null, null, name, null);
		});
	}

	/**
	 * Lists the users.
	 * @return all of them, by name
	 */
	public List<UserInfo> users() {
		return this.users.all();
	}

	/**
	 * Generates a password.
	 * @return a random password, which is not stored
	 */
	public static String generatePassword() {
		return Users.generatePassword();
	}

	/**
	 * A colon separates the kind of a name in the audit log, as in {@code token:NAME}.
	 */
	private static void checkName(String name) {
		if (name.isBlank() || name.length() > MAX_NAME || !name.equals(name.strip()) || name.indexOf(':') >= 0
				|| name.chars().anyMatch(Character::isISOControl)) {
			throw new ConflictException(
					"A name has 1 to %d characters, without colons, control characters, and blanks at its ends"
						.formatted(MAX_NAME));
		}
	}

	private static void checkPassword(String password) {
		if (password.length() < MIN_PASSWORD) {
			throw new ConflictException("A password has %d characters or more".formatted(MIN_PASSWORD));
		}
	}

	private String changing(Supplier<String> change, String duplicate) {
		try {
			return Objects.requireNonNull(this.transaction.execute((status) -> change.get()));
		}
		catch (DuplicateKeyException ex) {
			throw new ConflictException(duplicate);
		}
	}

	/**
	 * An access token without its secret. The components are its fields in JSON.
	 *
	 * @param name its name
	 * @param role its role
	 * @param links the Links that it is limited to; null for all
	 * @param createdAt when it was created
	 * @param expiresAt when it expires; null for never
	 */
	public record TokenInfo(String name, Role role, @Nullable List<String> links, Instant createdAt,
			@Nullable Instant expiresAt) {

	}

	/**
	 * A user without the password. The components are its fields in JSON.
	 *
	 * @param name the name
	 * @param role the role
	 * @param createdAt when it was added
	 */
	public record UserInfo(String name, Role role, Instant createdAt) {

	}

}
