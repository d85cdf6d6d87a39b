package io.deltasync;

import java.util.ArrayList;
import java.util.List;

import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * An application that runs Links from the connection {@code crm} to the connection
 * {@code warehouse}, which are on the same kind of database as the JobRepository. Each
 * test has databases of its own.
 */
abstract class JdbcLinks {

	@Parameter
	TestDatabase database;

	final List<String> properties = new ArrayList<>();

	JdbcTemplate source;

	JdbcTemplate target;

	/** Null until a test opens it. */
	@Nullable ConfigurableApplicationContext application;

	@BeforeEach
	void connect() {
		this.source = connection("crm");
		this.target = connection("warehouse");
		configure("spring.main.banner-mode=off", "logging.level.root=ERROR",
				"spring.datasource.url=" + this.database.url(this.database.createSchema()));
		if (this.database.username() != null) {
			configure("spring.datasource.username=" + this.database.username(), "spring.datasource.password=");
		}
	}

	final JdbcTemplate connection(String name) {
		String schema = this.database.createSchema();
		configure("deltasync.connections." + name + ".url=" + this.database.url(schema));
		if (this.database.username() != null) {
			configure("deltasync.connections." + name + ".username=" + this.database.username());
		}
		return new JdbcTemplate(this.database.dataSource(schema));
	}

	/** Sets properties of the application, before it is opened. */
	final void configure(String... more) {
		for (String property : more) {
			String key = property.substring(0, property.indexOf('='));
			this.properties.removeIf((known) -> known.startsWith(key + "="));
			this.properties.add(property);
		}
	}

	/** The beans of the application. */
	Class<?> beans() {
		return Application.class;
	}

	final void open() {
		if (this.application == null) {
			this.application = new SpringApplicationBuilder(beans()).web(WebApplicationType.NONE)
				.properties(this.properties.toArray(String[]::new))
				.run();
		}
	}

	/** Closes the application, so that the next run is one of another process. */
	/**
	 * Verifies a Link.
	 * @param options names of job parameters, each followed by its value
	 */
	final SyncEvent verify(String link, String... options) throws Exception {
		open();
		JobParametersBuilder parameters = new JobParametersBuilder().addString("mode", "VERIFY", false)
			.addString("settle", "PT0.05S", false);
		for (int i = 0; i < options.length; i += 2) {
			parameters.addString(options[i], options[i + 1], false);
		}
		JobExecution execution = this.application.getBean(JobOperator.class)
			.start(this.application.getBean(JobRegistry.class).getJob(link), parameters.toJobParameters());
		return this.application.getBean(SyncEvents.class).find(execution.getJobInstance().getId()).orElseThrow();
	}

	@AfterEach
	final void stop() {
		if (this.application != null) {
			this.application.close();
			this.application = null;
		}
	}

	final SyncEvent run(String link, String mode) throws Exception {
		open();
		JobExecution execution = this.application.getBean(JobOperator.class)
			.start(this.application.getBean(JobRegistry.class).getJob(link),
					new JobParametersBuilder().addString("mode", mode, false).toJobParameters());
		return this.application.getBean(SyncEvents.class).find(execution.getJobInstance().getId()).orElseThrow();
	}

	final SyncEvent replay(SyncEvent event) throws Exception {
		open();
		JobExecution execution = this.application.getBean(JobOperator.class)
			.start(this.application.getBean(JobRegistry.class).getJob(event.link()),
					new JobParametersBuilder().addString("mode", "REPLAY", false)
						.addLong("replayOf", event.id(), false)
						.toJobParameters());
		return this.application.getBean(SyncEvents.class).find(execution.getJobInstance().getId()).orElseThrow();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
