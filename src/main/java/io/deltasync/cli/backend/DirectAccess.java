package io.deltasync.cli.backend;

import java.time.Instant;
import java.util.List;

import io.deltasync.config.ExitCode;
import io.deltasync.config.LaunchException;
import io.deltasync.console.Person;
import io.deltasync.console.security.AccessControl;
import io.deltasync.console.security.AccessControl.TokenInfo;
import io.deltasync.console.security.AccessControl.UserInfo;
import io.deltasync.console.security.Role;
import org.jspecify.annotations.Nullable;

/**
 * Gives and takes access in this process.
 */
final class DirectAccess implements Access {

	private final AccessControl control;

	private final Person who = Person.atCommandLine();

	private final List<String> names;

	/**
	 * Creates it.
	 * @param control stores it
	 * @param names the names of the Links
	 */
	DirectAccess(AccessControl control, List<String> names) {
		this.control = control;
		this.names = names;
	}

	@Override
	public List<TokenInfo> tokens() {
		return this.control.tokens();
	}

	@Override
	public String createToken(String name, Role role, @Nullable List<String> links, @Nullable Instant expires) {
		if (links != null) {
			links.stream().filter((link) -> !this.names.contains(link)).forEach((link) -> {
				throw new LaunchException(ExitCode.USAGE.value(), "No Link '%s' is configured".formatted(link), "",
						null);
			});
		}
		return this.control.createToken(name, role, links, expires, this.who);
	}

	@Override
	public void deleteToken(String name) {
		this.control.deleteToken(name, this.who);
	}

	@Override
	public List<UserInfo> users() {
		return this.control.users();
	}

	@Override
	public void addUser(String name, String password, Role role) {
		this.control.addUser(name, password, role, this.who);
	}

	@Override
	public void setPassword(String name, String password) {
		this.control.setPassword(name, password, this.who);
	}

	@Override
	public void deleteUser(String name) {
		this.control.deleteUser(name, this.who);
	}

}
