package io.deltasync.link;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

import io.deltasync.config.Secrets;
import io.deltasync.config.Section;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How workers are reached.
 *
 * @param brokerUrl the URL of the Artemis broker; null when there are no workers
 * @param username whom to log in as; null when nobody logs in
 * @param password the password; may be null
 * @param queue the queue that lanes are sent to: one for all Links
 * @param timeout how long a run waits while no worker carries out any of its lanes
 * @param concurrency how many lanes a worker carries out at a time, 1 or more; null
 * leaves it to the number of processors
 */
public record RemoteSettings(@Nullable String brokerUrl, @Nullable String username, @Nullable String password,
		@DefaultValue("deltasync.lanes") String queue, @DefaultValue("10m") Duration timeout,
		@Nullable Integer concurrency) {

	private static final int MOST_BY_DEFAULT = 64;

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

	/** Several brokers stand in parentheses, which are no URI. */
	private static boolean isUrl(String url) {
		try {
			return url.startsWith("(") || new URI(url).getScheme() != null;
		}
		catch (URISyntaxException ex) {
			return false;
		}
	}

	/**
	 * Tells which broker that is, for messages.
	 * @return its URL without what is secret in it
	 */
	public String broker() {
		return Secrets.mask(this.brokerUrl, this.password);
	}

	/**
	 * Tells how many lanes a worker carries out at a time.
	 * @return 1 or more; unless configured, twice the number of processors but at most 64
	 */
	public int resolvedConcurrency() {
		return (this.concurrency != null) ? this.concurrency
				: Math.min(MOST_BY_DEFAULT, 2 * Runtime.getRuntime().availableProcessors());
	}

	@Override
	public String toString() {
		return "%s, queue %s".formatted(broker(), this.queue);
	}

}
