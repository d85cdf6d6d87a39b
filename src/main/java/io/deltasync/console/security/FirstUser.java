package io.deltasync.console.security;

import java.io.PrintStream;
import java.time.InstantSource;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;

/**
 * Creates the first user when the web server starts, and prints the password if it was
 * generated: not to the log, which is kept and collected elsewhere, and never again.
 */
public class FirstUser {

	private final Users users;

	private final @Nullable String password;

	private final InstantSource clock;

	private final PrintStream out;

	/**
	 * Creates it.
	 * @param users stores users
	 * @param password the first user's password; null to generate one
	 * @param clock the clock of the database
	 * @param out where a generated password is printed
	 */
	public FirstUser(Users users, @Nullable String password, InstantSource clock, PrintStream out) {
		this.users = users;
		this.password = password;
		this.clock = clock;
		this.out = out;
	}

	/**
	 * Prints where the console is and how to sign in, if the first user was created.
	 * @param started the start of the web server
	 */
	@EventListener
	public void started(WebServerInitializedEvent started) {
		if (!"management".equals(started.getApplicationContext().getServerNamespace())) {
			String path = started.getApplicationContext()
				.getEnvironment()
				.getProperty("server.servlet.context-path", "");
			int port = started.getWebServer().getPort();
			this.users.createFirst(this.password, this.clock.instant())
				.ifPresent((created) -> this.out.printf(
						"The console is at http://localhost:%d%s. Sign in as '%s' with the password %s%n", port, path,
						Users.FIRST, (this.password != null) ? "of deltasync.serve.admin-password"
								: created + ", which is not shown again"));
		}
	}

}
