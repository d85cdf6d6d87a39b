package io.deltasync.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

import io.deltasync.event.SyncEvents;
import io.deltasync.inbox.Inbox;
import io.deltasync.lease.DatabaseClock;
import io.deltasync.lease.Leases;
import io.deltasync.link.EngineSettings;
import io.deltasync.link.Links;
import io.deltasync.metrics.CachedSupplier;
import io.deltasync.metrics.DatabaseHealthIndicator;
import io.deltasync.metrics.Figures;
import io.deltasync.metrics.LinkFigures;
import io.deltasync.metrics.LinkMetrics;
import io.deltasync.metrics.MetricsText;
import io.deltasync.metrics.NotificationMetrics;
import io.deltasync.metrics.RunMetrics;
import io.deltasync.notice.Outbox;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.RunTables;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Configures metrics and health in any application that collects them. */
@AutoConfiguration(
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnBooleanProperty(name = EngineSettings.ENABLED, matchIfMissing = true)
public class MetricsAutoConfiguration {

	/** How long a health check waits. Probes themselves wait for about a second. */
	private static final Duration PATIENCE = Duration.ofMillis(900);

	private static final Duration BETWEEN_PROBES = Duration.ofSeconds(2);

	@Bean
	@Lazy
	@ConditionalOnClass(name = "io.micrometer.prometheusmetrics.PrometheusMeterRegistry")
	MetricsText deltasyncMetricsText(Links links, SyncEvents events, RunTables tables, Leases leases, Inbox inbox,
			DatabaseClock clock) {
		return new MetricsText(links, new Figures(links, events, tables.rejects(), leases, inbox, clock));
	}

	private static <T> CachedSupplier<T> cached(Supplier<T> supplier, Duration interval) {
		return new CachedSupplier<>(supplier, interval, PATIENCE, threads(), System::nanoTime);
	}

	private static Executor threads() {
		return Executors.newCachedThreadPool((work) -> {
			Thread thread = new Thread(work, "deltasync-metrics");
			thread.setDaemon(true);
			return thread;
		});
	}

	/** Configures metrics, if the application collects them. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(MeterRegistry.class)
	static class Collected {

		@Bean
		LinkMetrics deltasyncLinkMetrics(Links links, SyncEvents events, RunTables tables, Leases leases, Inbox inbox,
				DatabaseClock clock, EngineSettings engine) {
			Figures figures = new Figures(links, events, tables.rejects(), leases, inbox, clock);
			CachedSupplier<Map<String, LinkFigures>> cached = cached(figures::read, engine.serve().metricsAge());
			return new LinkMetrics(links, cached, cached(clock::instant, BETWEEN_PROBES), System::nanoTime);
		}

		@Bean
		NotificationMetrics deltasyncNotificationMetrics(Outbox outbox, EngineSettings engine) {
			return new NotificationMetrics(cached(outbox::figures, engine.serve().metricsAge()));
		}

		@Bean
		RunMetrics deltasyncRunMetrics(Links links, ActiveRuns runs) {
			return new RunMetrics(links, runs);
		}

	}

	/** Configures the health indicator, if the application has health checks. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
	@ConditionalOnEnabledHealthIndicator("deltasync")
	static class Probed {

		@Bean
		@Lazy
		@ConditionalOnMissingBean(name = "deltasyncHealthIndicator")
		DatabaseHealthIndicator deltasyncHealthIndicator(DatabaseClock clock) {
			CachedSupplier<Instant> cached = cached(clock::instant, BETWEEN_PROBES);
			return new DatabaseHealthIndicator(cached);
		}

	}

}
