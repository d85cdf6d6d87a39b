package io.deltasync.autoconfigure;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.deltasync.audit.AuditLog;
import io.deltasync.cli.process.OwnApplication;
import io.deltasync.console.LinkConfiguration;
import io.deltasync.console.LinkHistory;
import io.deltasync.console.LinkOverviews;
import io.deltasync.console.LinkStarter;
import io.deltasync.console.LinkWindows;
import io.deltasync.console.Operations;
import io.deltasync.console.PushRequests;
import io.deltasync.console.page.SegmentLinkBuilder;
import io.deltasync.console.security.FirstUser;
import io.deltasync.console.security.Users;
import io.deltasync.event.SyncEvents;
import io.deltasync.event.decision.PauseDecisions;
import io.deltasync.event.decision.RejectDecisions;
import io.deltasync.inbox.Inbox;
import io.deltasync.inbox.InboxLimits;
import io.deltasync.lease.DatabaseClock;
import io.deltasync.lease.Leases;
import io.deltasync.lease.Pauses;
import io.deltasync.lease.RepositoryDatabase;
import io.deltasync.link.EngineSettings;
import io.deltasync.link.Links;
import io.deltasync.link.PushSettings;
import io.deltasync.reject.RejectGroups;
import io.deltasync.run.RunTables;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.start.FullRuns;
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
		before = { ServletWebSecurityAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class },
		beforeName = { "org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientAutoConfiguration",
				"org.springframework.boot.security.oauth2.client.autoconfigure.servlet.OAuth2ClientWebSecurityAutoConfiguration" })
@ConditionalOnClass({ SecurityFilterChain.class, SpringTemplateEngine.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(OwnApplication.MARK)
@ConditionalOnBooleanProperty(name = ConsoleAutoConfiguration.CONSOLE, matchIfMissing = true)
@Import({ ConsoleOidc.class, ConsoleSecurity.class })
@ComponentScan("io.deltasync.console")
public class ConsoleAutoConfiguration {

	static final String CONSOLE = "deltasync.serve.console";

	static final String SIGN_IN_FORM = "deltasync.serve.sign-in-form";

	private static final String ASSETS = "classpath:/io/deltasync/console/assets/";

	@Bean
	LinkStarter deltasyncLinkStarter(JobOperator operator, JobRegistry jobs) {
		return new LinkStarter(operator, jobs, threads());
	}

	@Bean
	Operations deltasyncOperations(Links links, SyncEvents events, RunTables tables, RejectDecisions decisions,
			PauseDecisions pauses, AuditLog audit, LinkStarter starter, JobOperator operator, JobRepository repository,
			FullRuns fullRuns) {
		return new Operations(links, events, tables.rejects(), decisions, pauses, audit, starter, operator, repository,
				fullRuns);
	}

	@Bean
	PushRequests deltasyncPushRequests(Inbox inbox, EngineSettings engine, Pauses pauses, RunTransactions transactions,
			DatabaseClock clock) {
		PushSettings settings = engine.push();
		return new PushRequests(inbox,
				new InboxLimits(settings.maxWaitingRequests(), settings.maxWaitingSize().toBytes()), pauses,
				transactions.template(), clock);
	}

	@Bean
	LinkOverviews deltasyncLinkOverviews(Links links, SyncEvents events, RepositoryDatabase database, Pauses pauses,
			Leases leases, DatabaseClock clock) {
		return new LinkOverviews(links, events, database.jdbc(), pauses, leases, clock, System::nanoTime);
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
	@ConditionalOnBooleanProperty(name = SIGN_IN_FORM, matchIfMissing = true)
	FirstUser deltasyncFirstUser(Users users, EngineSettings engine, DatabaseClock clock) {
		return new FirstUser(users, engine.serve().adminPassword(), clock, System.err);
	}

	@Bean
	WebMvcConfigurer deltasyncConsoleAssets() {
		return new WebMvcConfigurer() {
			@Override
			public void addResourceHandlers(ResourceHandlerRegistry registry) {
				registry.addResourceHandler("/assets/**")
					.addResourceLocations(ASSETS, WebJar.location("htmx.org") + "dist/")
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
