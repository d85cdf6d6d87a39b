package io.deltasync.run;

import io.deltasync.api.LinkContext;
import io.deltasync.api.SourceAdapter;
import io.deltasync.event.RunRefusedException;
import io.deltasync.link.Link;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a Link's source whether a run can start at all. What only keeps it from answering
 * is left to planning, which retries and is stored as an event.
 */
final class StartCheck {

	private static final Logger logger = LoggerFactory.getLogger(StartCheck.class);

	private StartCheck() {
	}

	/**
	 * Asks the source.
	 * @param link the Link
	 * @throws RunRefusedException when the source refuses
	 */
	static void check(Link link) throws RunRefusedException {
		String refusal = refusal(link);
		if (refusal != null) {
			throw new RunRefusedException("Link '%s': %s".formatted(link.name(), refusal));
		}
	}

	private static @Nullable String refusal(Link link) {
		LinkContext context = LinkContext.builder()
			.linkName(link.name())
			.linkSourceName(link.source().table())
			.linkTargetName(link.target().table())
			.batchSizeLimit(link.batchSizeLimit())
			.build();
		try {
			SourceAdapter source = link.newSource();
			try {
				return source.refusal(context);
			}
			finally {
				if (source instanceof AutoCloseable closeable) {
					closeable.close();
				}
			}
		}
		catch (Exception ex) {
			logger.debug("Link '{}': the source cannot be asked whether a run can start", link.name(), ex);
			return null;
		}
	}

}
