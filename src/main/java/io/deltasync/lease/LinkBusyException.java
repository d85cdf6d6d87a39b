package io.deltasync.lease;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.launch.JobExecutionAlreadyRunningException;

/** Thrown when a Link is started while another run holds it. */
public class LinkBusyException extends JobExecutionAlreadyRunningException {

	private static final long serialVersionUID = 1L;

	LinkBusyException(String link, @Nullable Long event, String holder, Instant since, Instant until) {
		super(("Link '%s' is busy: %s has been running it since %s%s. Wait until that run has ended; if its process has died, the "
				+ "Link is free again after %s")
			.formatted(link, holder, since, (event != null) ? " (event %d)".formatted(event) : "", until));
	}

}
