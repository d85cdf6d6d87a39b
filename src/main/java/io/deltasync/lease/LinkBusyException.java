package io.deltasync.lease;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.launch.JobExecutionAlreadyRunningException;

/** Thrown when a Link is started while another run holds it. */
public class LinkBusyException extends JobExecutionAlreadyRunningException {

	private static final long serialVersionUID = 1L;

	private final String holder;

	private final @Nullable Long event;

	LinkBusyException(String link, @Nullable Long event, String holder, Instant since, Instant until) {
		super(("Link '%s' is busy: %s has been running it since %s%s. Wait until that run has ended; if its process has died, the "
				+ "Link is free again after %s")
			.formatted(link, holder, since, (event != null) ? " (event %d)".formatted(event) : "", until));
		this.holder = holder;
		this.event = event;
	}

	/**
	 * Returns who runs the Link.
	 * @return host and process
	 */
	public String holder() {
		return this.holder;
	}

	/**
	 * Returns what is being run.
	 * @return the Sync Event; null if it is not stored yet
	 */
	public @Nullable Long event() {
		return this.event;
	}

}
