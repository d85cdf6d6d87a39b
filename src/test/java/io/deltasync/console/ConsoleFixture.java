package io.deltasync.console;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.deltasync.ServedApplication;
import io.deltasync.console.security.AccessTokens;
import io.deltasync.console.security.Role;
import io.deltasync.console.security.Users;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.testing.Stage;
import io.deltasync.testing.StagedApplication;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/**
 * DeltaSync's own application with its console, as {@code serve} starts it, but without a
 * loop that runs Links. Its Links play on a {@link Stage}; its repository is in memory.
 */
public final class ConsoleFixture implements AutoCloseable {

	/** The password of each user. Users are named like their roles. */
	static final String PASSWORD = "correct horse";

	private static final long MOST_NANOS = TimeUnit.MINUTES.toNanos(1);

	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	private final Stage stage = new Stage();

	private final ServletWebServerApplicationContext context;

	/**
	 * Starts the application.
	 * @param links the names of its Links, with any character
	 * @param settings further settings, such as {@code a=b}
	 */
	public ConsoleFixture(List<String> links, String... settings) {
		List<String> arguments = new ArrayList<>(List.of("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID(),
				"server.port=0", "management.server.port=", "logging.level.root=ERROR", "deltasync.lease=1m"));
		for (String link : links) {
			String prefix = property(link, "");
			arguments.addAll(List.of(prefix + "source.adapter=stagedSource", prefix + "source.table=a",
					prefix + "target.adapter=stagedTarget", prefix + "target.table=b", prefix + "lanes=1"));
		}
		arguments.addAll(List.of(settings));
		SpringApplication application = ServedApplication.prepare();
		application.addPrimarySources(List.of(StagedApplication.class));
		application.addInitializers((starting) -> starting.getBeanFactory().registerSingleton("stage", this.stage));
		this.context = (ServletWebServerApplicationContext) application
			.run(arguments.stream().map((argument) -> "--" + argument).toArray(String[]::new));
		Users users = bean(Users.class);
		for (Role role : Role.values()) {
			users.add(role.words() + "s", PASSWORD, role, Instant.EPOCH);
		}
	}

	/** Returns the name of a property of a Link. */
	public static String property(String link, String key) {
		return "deltasync.links[%s].%s".formatted(link, key);
	}

	/** Returns what the sources and targets do. */
	public Stage stage() {
		return this.stage;
	}

	/** Returns a bean of the application. */
	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/** Returns the address of the console. */
	public URI address() {
		return URI.create("http://localhost:" + this.context.getWebServer().getPort());
	}

	/** Opens a browser and signs in. */
	public Browser signIn(Role role) {
		Browser browser = new Browser(address());
		browser.signIn(role.words() + "s", PASSWORD);
		return browser;
	}

	/** Creates an access token. */
	public String token(Role role) {
		return bean(AccessTokens.class).create(UUID.randomUUID().toString(), role, null, null);
	}

	/** Waits until a run has ended. */
	public SyncEvent await(long event) {
		long end = System.nanoTime() + MOST_NANOS;
		while (System.nanoTime() < end) {
			SyncEvent found = bean(SyncEvents.class).find(event).orElseThrow();
			if (found.status().ended()) {
				return found;
			}
			LockSupport.parkNanos(PAUSE_NANOS);
		}
		throw new AssertionError("Event " + event + " has not ended");
	}

	@Override
	public void close() {
		this.context.close();
	}

}
