package io.deltasync.cli.backend;

import java.time.Instant;
import java.util.List;

import io.deltasync.console.security.AccessControl.TokenInfo;
import io.deltasync.console.security.AccessControl.UserInfo;
import io.deltasync.console.security.Role;
import org.jspecify.annotations.Nullable;

/**
 * Gives and takes access to the console and the REST API, in this process, or through a
 * running {@code serve}.
 */
public interface Access {

	List<TokenInfo> tokens();

	/**
	 * Creates a token.
	 * @param name its name
	 * @param role its role
	 * @param links the Links that it is limited to; null for all
	 * @param expires when it expires; null for never
	 * @return the token, which is not shown again
	 */
	String createToken(String name, Role role, @Nullable List<String> links, @Nullable Instant expires);

	void deleteToken(String name);

	List<UserInfo> users();

	void addUser(String name, String password, Role role);

	void setPassword(String name, String password);

	void deleteUser(String name);

}
