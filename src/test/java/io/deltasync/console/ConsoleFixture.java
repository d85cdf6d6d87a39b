package io.deltasync.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.deltasync.ServedApplication;
import io.deltasync.console.security.AccessTokens;
import io.deltasync.console.security.Role;
import io.deltasync.console.security.Users;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.lease.Leases;
import io.deltasync.testing.Script;
import io.deltasync.testing.ScriptedSource;
import io.deltasync.testing.ScriptedTarget;
import io.deltasync.testing.Stage;
import io.deltasync.testing.StagedApplication;
import io.deltasync.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * DeltaSync's own application with its console, as {@code serve} starts it, but without a
 * loop that runs Links. Its Links play on a {@link Stage}; its repository is in memory.
 */
public final class ConsoleFixture implements AutoCloseable {

	/** The password of each user. Users are named like their roles. */
	public static final String PASSWORD = "correct horse";

	/** The container's error page, which is shown for any method. */
	private static final String ERROR_PAGE = "/error";

	private static final long MOST_NANOS = TimeUnit.MINUTES.toNanos(1);

	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	private final Stage stage;

	private final Script script = new Script();

	private final ServletWebServerApplicationContext context;

	/**
	 * Starts the application.
	 * @param links the names of its Links, with any character
	 * @param settings further settings, such as {@code a=b}
	 */
	public ConsoleFixture(List<String> links, String... settings) {
		this(new Stage(), "jdbc:h2:mem:" + UUID.randomUUID(), "staged", links, settings);
	}

	private ConsoleFixture(Stage stage, String database, String adapters, List<String> links, String... settings) {
		this.stage = stage;
		List<String> arguments = new ArrayList<>(List.of("spring.datasource.url=" + database, "server.port=0",
				"management.server.port=", "logging.level.root=ERROR", "deltasync.lease=1m"));
		for (String link : links) {
			String prefix = property(link, "");
			arguments.addAll(List.of(prefix + "source.adapter=" + adapters + "Source", prefix + "source.table=a",
					prefix + "target.adapter=" + adapters + "Target", prefix + "target.table=b", prefix + "lanes=1"));
		}
		for (String setting : settings) {
			String key = setting.substring(0, setting.indexOf('=') + 1);
			arguments.removeIf((argument) -> argument.startsWith(key));
			arguments.add(setting);
		}
		SpringApplication application = ServedApplication.prepare();
		application.addPrimarySources(List.of(StagedApplication.class, Scripted.class));
		application.addInitializers((starting) -> {
			starting.getBeanFactory().registerSingleton("stage", this.stage);
			starting.getBeanFactory().registerSingleton("script", this.script);
		});
		this.context = (ServletWebServerApplicationContext) application
			.run(arguments.stream().map((argument) -> "--" + argument).toArray(String[]::new));
		Users users = bean(Users.class);
		for (Role role : Role.values()) {
			String name = role.words() + "s";
			if (!users.exists(name)) {
				users.add(name, PASSWORD, role, Instant.EPOCH);
			}
		}
	}

	/** Starts the application with Links that do what a script says. */
	public static ConsoleFixture scripted(List<String> links, String... settings) {
		return new ConsoleFixture(new Stage(), "jdbc:h2:mem:" + UUID.randomUUID(), "scripted", links, settings);
	}

	/**
	 * Starts one of several applications on a database, whose Links play on one stage.
	 */
	public static ConsoleFixture replica(TestDatabase database, String schema, Stage stage, List<String> links) {
		String[] account = (database.username() != null)
				? new String[] { "spring.datasource.username=" + database.username(), "spring.datasource.password=" }
				: new String[0];
		return new ConsoleFixture(stage, database.url(schema), "staged", links, account);
	}

	/** Returns the name of a property of a Link. */
	public static String property(String link, String key) {
		return "deltasync.links[%s].%s".formatted(link, key);
	}

	/** Returns what the sources and targets do. */
	public Stage stage() {
		return this.stage;
	}

	/** Returns what the sources and targets of scripted Links do. */
	public Script script() {
		return this.script;
	}

	/** Returns a bean of the application. */
	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/** Returns the address of health and metrics, if they have a port of their own. */
	public URI managementAddress() {
		return URI
			.create("http://localhost:" + this.context.getEnvironment().getRequiredProperty("local.management.port"));
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

	/** Opens a browser in which nobody is signed in. */
	public Browser open() {
		return new Browser(address());
	}

	/** Creates an access token. */
	public String token(Role role) {
		return bean(AccessTokens.class).create(UUID.randomUUID().toString(), role, null, null);
	}

	/** Creates an access token that is limited to some Links. */
	public String token(Role role, String... links) {
		return bean(AccessTokens.class).create(UUID.randomUUID().toString(), role, List.of(links), null);
	}

	/**
	 * Sends a request to the REST API.
	 * @param method the HTTP method
	 * @param path the path with its query, encoded
	 * @param token the access token, or null
	 * @param json the body, or null
	 * @param headers names and values of further headers
	 * @return the response
	 */
	public HttpResponse<String> api(String method, String path, @Nullable String token, @Nullable String json,
			String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(address().resolve(path))
			.timeout(Duration.ofMinutes(1))
			.method(method, (json != null) ? BodyPublishers.ofString(json) : BodyPublishers.noBody());
		if (token != null) {
			request.header("Authorization", "Bearer " + token);
		}
		if (json != null) {
			request.header("Content-Type", "application/json");
		}
		for (int i = 0; i < headers.length; i += 2) {
			request.setHeader(headers[i], headers[i + 1]);
		}
		try {
			return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Returns the handlers of all pages and of the REST API. */
	public Map<RequestMappingInfo, HandlerMethod> handlers() {
		return this.context.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
			.getHandlerMethods();
	}

	/** Returns all pages, actions and addresses, such as {@code GET /links/{name}}. */
	public Set<String> requests() {
		return handlers().keySet()
			.stream()
			.flatMap(ConsoleFixture::requests)
			.filter((request) -> !request.endsWith(" " + ERROR_PAGE))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Stream<String> requests(RequestMappingInfo info) {
		Set<RequestMethod> declared = info.getMethodsCondition().getMethods();
		Set<RequestMethod> methods = declared.isEmpty() ? Set.of(RequestMethod.values()) : declared;
		return info.getPatternValues()
			.stream()
			.flatMap((path) -> methods.stream().map((method) -> method + " " + path));
	}

	/** Waits until a run has ended, so that another one may begin. */
	public SyncEvent await(long event) {
		long end = System.nanoTime() + MOST_NANOS;
		while (System.nanoTime() < end) {
			SyncEvent found = bean(SyncEvents.class).find(event).orElseThrow();
			if (found.status().ended() && !bean(Leases.class).isHeld(found.link())) {
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

	/** The adapters of scripted Links. */
	@Configuration(proxyBeanMethods = false)
	static class Scripted {

		@Bean
		@Scope(BeanDefinition.SCOPE_PROTOTYPE)
		ScriptedSource scriptedSource(Script script) {
			return new ScriptedSource(script);
		}

		@Bean
		@Scope(BeanDefinition.SCOPE_PROTOTYPE)
		ScriptedTarget scriptedTarget(Script script) {
			return new ScriptedTarget(script);
		}

	}

}
