package io.deltasync.autoconfigure;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.deltasync.audit.AuditLog;
import io.deltasync.cli.OwnApplication;
import io.deltasync.console.LinkConfiguration;
import io.deltasync.console.LinkHistory;
import io.deltasync.console.LinkOverviews;
import io.deltasync.console.LinkWindows;
import io.deltasync.console.Operations;
import io.deltasync.console.RunLauncher;
import io.deltasync.console.page.SegmentLinkBuilder;
import io.deltasync.console.security.FirstUser;
import io.deltasync.console.security.Users;
import io.deltasync.event.SyncEvents;
import io.deltasync.lease.DatabaseClock;
import io.deltasync.lease.Leases;
import io.deltasync.lease.Pauses;
import io.deltasync.lease.RepositoryDatabase;
import io.deltasync.link.Links;
import io.deltasync.reject.RejectGroups;
import io.deltasync.run.RunTables;
import io.deltasync.run.RunTransactions;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.http.CacheControl;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.thymeleaf.spring6.SpringTemplateEngine;

/**
 * Configures the console and the REST API of DeltaSync's own {@code serve}. An
 * application that has DeltaSync as a library has neither.
 */
@AutoConfiguration(after = AccessAutoConfiguration.class,
		before = { ServletWebSecurityAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class })
@ConditionalOnClass({ SecurityFilterChain.class, SpringTemplateEngine.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(OwnApplication.MARK)
@ConditionalOnBooleanProperty(name = ConsoleAutoConfiguration.CONSOLE, matchIfMissing = true)
@Import(ConsoleSecurity.class)
@ComponentScan("io.deltasync.console")
public class ConsoleAutoConfiguration {

	static final String CONSOLE = "deltasync.serve.console";

	private static final String ASSETS = "classpath:/io/deltasync/console/assets/";

	private static final String HTMX = "classpath:/META-INF/resources/webjars/htmx.org/2.0.10/dist/";

	@Bean
	RunLauncher deltasyncRunLauncher(JobOperator operator, JobRegistry jobs) {
		return new RunLauncher(operator, jobs, threads());
	}

	@Bean
	Operations deltasyncOperations(Links links, SyncEvents events, RunTables tables, RunTransactions transactions,
			Pauses pauses, AuditLog audit, RunLauncher launcher, JobOperator operator, JobRepository repository,
			DatabaseClock clock) {
		return new Operations(links, events, tables.rejects(), pauses, audit, launcher, operator, repository,
				transactions.template(), clock);
	}

	@Bean
	LinkOverviews deltasyncLinkOverviews(Links links, SyncEvents events, RepositoryDatabase database, Pauses pauses,
			Leases leases, DatabaseClock clock) {
		return new LinkOverviews(links, events, database.jdbc(), pauses, leases, clock);
	}

	@Bean
	LinkWindows deltasyncLinkWindows(SyncEvents events) {
		return new LinkWindows(events);
	}

	@Bean
	LinkHistory deltasyncLinkHistory(SyncEvents events, AuditLog audit) {
		return new LinkHistory(events, audit);
	}

	@Bean
	LinkConfiguration deltasyncLinkConfiguration(Environment environment) {
		return new LinkConfiguration(environment);
	}

	@Bean
	RejectGroups deltasyncRejectGroups(RepositoryDatabase database) {
		return new RejectGroups(database.jdbc());
	}

	@Bean
	FirstUser deltasyncFirstUser(Users users, DatabaseClock clock) {
		return new FirstUser(users, clock, System.err);
	}

	@Bean
	WebMvcConfigurer deltasyncConsoleAssets() {
		return new WebMvcConfigurer() {
			@Override
			public void addResourceHandlers(ResourceHandlerRegistry registry) {
				registry.addResourceHandler("/assets/**")
					.addResourceLocations(ASSETS, HTMX)
					.setCacheControl(CacheControl.maxAge(1, TimeUnit.HOURS));
			}
		};
	}

	@Bean
	SegmentLinkBuilder deltasyncLinkBuilder(SpringTemplateEngine templates) {
		SegmentLinkBuilder links = new SegmentLinkBuilder();
		templates.setLinkBuilder(links);
		return links;
	}

	/**
	 * Tomcat would refuse addresses with an encoded slash or backslash, which the name of
	 * a Link may contain.
	 */
	@Bean
	TomcatConnectorCustomizer deltasyncEncodedSlashes() {
		return (connector) -> {
			connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
			connector.setEncodedReverseSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
		};
	}

	/** Creates as many threads as there are runs; they end with the process. */
	private static Executor threads() {
		AtomicInteger number = new AtomicInteger();
		return Executors.newCachedThreadPool((work) -> {
			Thread thread = new Thread(work, "deltasync-console-run-" + number.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		});
	}

}
