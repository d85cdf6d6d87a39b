package io.deltasync.run.plan;

import java.util.List;
import java.util.concurrent.Callable;

import io.deltasync.api.AdapterForColumns;
import io.deltasync.api.ColumnDescription;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RunContext;
import io.deltasync.event.LinkColumns;
import io.deltasync.link.Link;
import io.deltasync.link.LinkIdentity;
import io.deltasync.run.retry.Instances;
import io.deltasync.run.retry.RunEndsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks both adapters of a Link for their columns. An end that fails to answer counts as
 * unknown: the run meets the failure where it matters, and a later run compares the
 * columns.
 */
final class ColumnQuestions {

	private static final Logger logger = LoggerFactory.getLogger(ColumnQuestions.class);

	private ColumnQuestions() {
	}

	/**
	 * Asks both ends.
	 * @param link the Link
	 * @param context the context passed to the adapters
	 * @param identity the identity of its source and target; null if it is not known
	 * @param known the columns to keep for an end that does not answer
	 * @param callSource calls the source
	 * @param callTarget calls the target
	 * @return the columns
	 */
	static LinkColumns ask(Link link, LinkContext context, @Nullable LinkIdentity identity, LinkColumns known,
			Call callSource, Call callTarget) {
		List<ColumnDescription> source = ask(link, context, link::newSource, callSource);
		List<ColumnDescription> target = ask(link, context, link::newTarget, callTarget);
		return new LinkColumns(
				source.isEmpty() ? known.source()
						: new LinkColumns.End((identity != null) ? identity.source() : "", source),
				target.isEmpty() ? known.target()
						: new LinkColumns.End((identity != null) ? identity.target() : "", target));
	}

	private static List<ColumnDescription> ask(Link link, LinkContext context, Callable<?> adapter, Call call) {
		return ask(link, call,
				() -> Instances.use(adapter.call(), (instance) -> (instance instanceof AdapterForColumns columns)
						? List.copyOf(columns.columns(context)) : List.of()));
	}

	private static <T> List<T> ask(Link link, Call call, Callable<List<T>> question) {
		try {
			return call.of(() -> new RunContext().call(question));
		}
		catch (RunEndsException ex) {
			throw ex;
		}
		catch (Exception ex) {
			if (ex instanceof InterruptedException) {
				Thread.currentThread().interrupt();
			}
			logger.debug("Link '{}': columns cannot be compared", link.name(), ex);
			return List.of();
		}
	}

	/**
	 * Asks the source for the properties of its records, which may be fewer than its
	 * columns.
	 * @return their names; empty if they are not known
	 */
	static List<String> properties(Link link, LinkContext context, Call call) {
		return ask(link, call, () -> Instances.use(link.newSource(), (source) -> source.propertyNames(context)));
	}

	/** Calls an adapter in a way that a stop or a time limit can end. */
	interface Call {

		<T> T of(Callable<T> question) throws Exception;

	}

}
