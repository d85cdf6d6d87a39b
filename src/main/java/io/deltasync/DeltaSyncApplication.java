package io.deltasync;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TimeZone;

import io.deltasync.autoconfigure.ConfigurationFiles;
import io.deltasync.autoconfigure.RepositoryTimeouts;
import io.deltasync.autoconfigure.WebAutoConfigurationFilter;
import io.deltasync.cli.LocalServerSearch;
import io.deltasync.cli.UsageCheck;
import io.deltasync.cli.command.TrainCommand;
import io.deltasync.cli.process.Distribution;
import io.deltasync.cli.process.OwnApplication;
import io.deltasync.cli.process.SecondSignal;
import io.deltasync.cli.process.StartFailure;
import io.deltasync.config.ExitCode;
import io.deltasync.schema.DatabaseUnavailableException;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * DeltaSync's own application: the command line, which prints only what was asked for.
 * Its settings do not apply to applications that use DeltaSync as a library.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
public class DeltaSyncApplication {

	public static void main(String[] args) {
		// Spring Batch stores start and end times as local times of its JVM. In UTC no
		// hour occurs twice, and processes in other time zones store the same times
		TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
		SecondSignal.listen();
		OptionalInt answer = UsageCheck.answer(args);
		System.exit(answer.isPresent() ? answer.getAsInt() : UsageCheck.trains(args) ? train() : run(args));
	}

	private static int train() {
		String[] args;
		try {
			args = TrainCommand.arguments();
		}
		catch (IOException ex) {
			System.err.printf("Training needs temporary files, and %s cannot be written. Make %s writable%n",
					ex.getMessage(), System.getProperty("java.io.tmpdir"));
			return ExitCode.UNEXPECTED.value();
		}
		return run(args);
	}

	private static int run(String[] args) {
		boolean serves = UsageCheck.serves(args);
		if (!serves) {
			// preloads in the background what a web server uses first
			System.setProperty("spring.backgroundpreinitializer.ignore", "true");
		}
		LocalServerSearch search = new LocalServerSearch();
		ConfigurableApplicationContext context;
		try {
			SpringApplication application = application(serves);
			ConfigurationFiles.explainFor(application);
			if (!UsageCheck.needsAllLinks(args)) {
				application.addInitializers(DeltaSyncApplication::markFewLinks);
			}
			if (UsageCheck.mayBeServed(args)) {
				application.addListeners(search);
			}
			context = application.run(args);
		}
		catch (SpringApplication.AbandonedRunException ex) {
			return UsageCheck.execute(Objects.requireNonNull(search.found()), args);
		}
		catch (RuntimeException ex) {
			if (DatabaseUnavailableException.isCauseOf(ex)) {
				// The error was already reported; Spring Boot itself uses the exit codes
				// of exceptions
				return DatabaseUnavailableException.of("The database", ex).getExitCode();
			}
			return StartFailure.exitCode(ex).orElseThrow(() -> ex);
		}
		// a signal has closed the context: the process ends with the signal's own exit
		// code
		return context.isClosed() ? 0 : SpringApplication.exit(context);
	}

	/**
	 * Prepares the application that {@link #main} runs.
	 * @param serves whether it keeps running and answers requests
	 * @return the application, not started
	 */
	static SpringApplication application(boolean serves) {
		SpringApplication application = new SpringApplication(DeltaSyncApplication.class);
		application.setBannerMode(Banner.Mode.OFF);
		application.setLogStartupInfo(false);
		application.setDefaultProperties(defaults(serves));
		application.addInitializers(new RepositoryTimeouts());
		application.setWebApplicationType(serves ? WebApplicationType.SERVLET : WebApplicationType.NONE);
		return application;
	}

	private static void markFewLinks(ConfigurableApplicationContext starting) {
		starting.getEnvironment()
			.getPropertySources()
			.addLast(new MapPropertySource(OwnApplication.FEW_LINKS, Map.of(OwnApplication.FEW_LINKS, true)));
	}

	private static Map<String, Object> defaults(boolean serves) {
		Map<String, Object> defaults = new HashMap<>();
		defaults.put(OwnApplication.MARK, true);
		defaults.put("logging.config", "classpath:deltasync-logback.xml");
		Distribution.configurationFiles().ifPresent((files) -> defaults.put("spring.config.location", files));
		defaults.put(WebAutoConfigurationFilter.WEB, serves ? "servlet" : "none");
		if (serves) {
			// access from other hosts must be configured explicitly
			defaults.put("server.address", "127.0.0.1");
			defaults.put("management.endpoints.access.default", "none");
			defaults.put("management.endpoint.health.access", "read-only");
			defaults.put("management.endpoint.prometheus.access", "read-only");
			defaults.put("management.endpoints.web.exposure.include", "health,prometheus,sbom");
			defaults.put("management.endpoint.sbom.access", "read-only");
			defaults.put("management.endpoint.sbom.application.location",
					"optional:classpath:META-INF/sbom/deltasync.cdx.json");
			defaults.put("management.endpoints.web.discovery.enabled", "false");
			defaults.put("management.endpoint.health.probes.enabled", "false");
			defaults.put("management.health.livenessstate.enabled", "true");
			defaults.put("management.endpoint.health.group.liveness.include", "livenessState");
			defaults.put("management.endpoint.health.group.readiness.include", "deltasync");
			// queries through the runs' own pool, and waits for it
			defaults.put("management.health.db.enabled", "false");
			defaults.put("management.health.diskspace.enabled", "false");
			defaults.put("server.compression.enabled", "true");
			defaults.put("spring.thymeleaf.prefix", "classpath:/io/deltasync/console/pages/");
			defaults.put("spring.web.resources.add-mappings", "false");
			defaults.put("server.servlet.session.cookie.same-site", "lax");
			defaults.put("server.servlet.session.cookie.http-only", "true");
			defaults.put("server.servlet.session.tracking-modes", "cookie");
		}
		return defaults;
	}

}
