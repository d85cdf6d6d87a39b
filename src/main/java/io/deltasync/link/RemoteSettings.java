package io.deltasync.link;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

import io.deltasync.config.Secrets;
import io.deltasync.config.Section;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How workers are reached. Only used with {@code workers: remote}.
 *
 * @param brokerUrl The URL of the Artemis broker in the form that its client accepts,
 * including TLS and failover. Default: none, required with 'workers: remote'
 * @param username The broker's user
 * @param password The user's password
 * @param queue The queue for lanes, shared by all Links
 * @param timeout How long a run waits while no worker carries out any of its lanes. The
 * run is then aborted (exit code 5) and can be restarted
 * @param concurrency Number of lanes that a worker carries out at a time, 1 or more.
 * Default: twice the processors, up to 64
 */
public record RemoteSettings(@Nullable String brokerUrl, @Nullable String username, @Nullable String password,
		@DefaultValue("deltasync.lanes") String queue, @DefaultValue("10m") Duration timeout,
		@Nullable Integer concurrency) {

	private static final int DEFAULT_LIMIT = 64;

	void check(Section engine, WorkerMode workers) {
		if (workers == WorkerMode.REMOTE && (this.brokerUrl == null || this.brokerUrl.isBlank())) {
			engine.problem("remote.broker-url",
					"is missing; with 'workers: remote' give the URL of an Artemis broker, such as tcp://broker:61616");
		}
		else if (this.brokerUrl != null && !isUrl(this.brokerUrl)) {
			engine.problem("remote.broker-url",
					"is '%s', which is no URL of a broker; it begins like tcp://broker:61616".formatted(broker()));
		}
		if (this.queue.isBlank()) {
			engine.problem("remote.queue", "is empty; give the name of a queue");
		}
		if (this.timeout.isNegative() || this.timeout.isZero()) {
			engine.problem("remote.timeout", "is %s; give a duration above 0, such as 10m".formatted(this.timeout));
		}
		if (this.concurrency != null && this.concurrency < 1) {
			engine.problem("remote.concurrency", "is %d; give 1 or more, or leave it out".formatted(this.concurrency));
		}
	}

	/** A list of brokers is in parentheses, so it is not a URI. */
	private static boolean isUrl(String url) {
		try {
			return url.startsWith("(") || new URI(url).getScheme() != null;
		}
		catch (URISyntaxException ex) {
			return false;
		}
	}

	/**
	 * Returns the broker's URL for messages.
	 * @return the URL with its secrets masked
	 */
	public String broker() {
		return Secrets.mask(this.brokerUrl, this.password);
	}

	/**
	 * Returns the number of lanes that a worker carries out at a time.
	 * @return the configured number, or twice the number of processors, up to 64
	 */
	public int resolvedConcurrency() {
		return (this.concurrency != null) ? this.concurrency
				: Math.min(DEFAULT_LIMIT, 2 * Runtime.getRuntime().availableProcessors());
	}

	@Override
	public String toString() {
		return "%s, queue %s".formatted(broker(), this.queue);
	}

}
