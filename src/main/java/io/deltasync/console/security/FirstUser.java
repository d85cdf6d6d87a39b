package io.deltasync.console.security;

import java.io.PrintStream;
import java.time.InstantSource;

import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;

/**
 * Creates the first user when the web server starts, and prints the password: not to the
 * log, which is kept and collected elsewhere, and never again.
 */
public class FirstUser {

	private final Users users;

	private final InstantSource clock;

	private final PrintStream out;

	public FirstUser(Users users, InstantSource clock, PrintStream out) {
		this.users = users;
		this.clock = clock;
		this.out = out;
	}

	/**
	 * Prints where the console is, and the password if the first user was created.
	 * @param started the start of the web server
	 */
	@EventListener
	public void started(WebServerInitializedEvent started) {
		if (!"management".equals(started.getApplicationContext().getServerNamespace())) {
			int port = started.getWebServer().getPort();
			this.users.createFirst(this.clock.instant())
				.ifPresent((password) -> this.out.printf(
						"The console is at http://localhost:%d. Sign in as '%s' with the password %s, which is not shown again%n",
						port, Users.FIRST, password));
		}
	}

}
