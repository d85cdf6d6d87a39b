package io.deltasync.run.plan;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.deltasync.api.LinkContext;
import io.deltasync.api.RunContext;
import io.deltasync.api.SourceAdapterForKeys;
import io.deltasync.api.TargetAdapterForKeys;
import io.deltasync.link.Link;
import io.deltasync.link.Link.Deletes;
import io.deltasync.run.LinkContexts;
import io.deltasync.run.retry.Instances;
import io.deltasync.run.retry.UnavailableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the key of a Link's source with that of its target before anything is read, if
 * both adapters know their keys.
 */
public final class KeyCheck {

	private static final Logger logger = LoggerFactory.getLogger(KeyCheck.class);

	private KeyCheck() {
	}

	/**
	 * Checks that no two records of the source become one row of the target, and if the
	 * Link deletes, that its deletions find the rows that it has written. If an adapter
	 * fails to answer, the run repeats the check.
	 * @param link the Link
	 * @param now the current time
	 * @param limit limits the wait for the adapters
	 * @return what an operator should know; null when there is nothing
	 * @throws KeyMismatchException if the keys do not correspond
	 * @throws UnavailableException if an adapter does not answer in time
	 */
	public static @Nullable String check(Link link, Instant now, AnswerLimit limit) throws KeyMismatchException {
		try {
			LinkContext context = LinkContexts.beforeRun(link, now);
			List<String> sourceKey = limit.askSource(() -> sourceKey(link, context));
			return compare(link, sourceKey,
					sourceKey.isEmpty() ? List.of() : limit.askTarget(() -> targetKey(link, context)));
		}
		catch (KeyMismatchException | UnavailableException ex) {
			throw ex;
		}
		catch (Exception ex) {
			logger.debug("Link '{}': the keys cannot be compared", link.name(), ex);
			return null;
		}
	}

	/**
	 * Repeats the check within a run, which continues only if the adapters have answered.
	 * @param link the Link
	 * @param context the context of the run, so that adapters need not ask again what
	 * they have just asked for it
	 * @return a warning for operators, or null
	 * @throws Exception if an adapter fails
	 */
	static @Nullable String ask(Link link, LinkContext context) throws Exception {
		List<String> sourceKey = sourceKey(link, context);
		return compare(link, sourceKey, sourceKey.isEmpty() ? List.of() : targetKey(link, context));
	}

	private static List<String> sourceKey(Link link, LinkContext context) throws Exception {
		return new RunContext()
			.call(() -> Instances.use(link.newSource(), (source) -> (source instanceof SourceAdapterForKeys keyed)
					? keyed.keyProperties(context) : List.<String>of()));
	}

	private static List<String> targetKey(Link link, LinkContext context) throws Exception {
		return new RunContext()
			.call(() -> Instances.use(link.newTarget(), (target) -> (target instanceof TargetAdapterForKeys keyed)
					? keyed.keyProperties(context) : List.<String>of()));
	}

	/** Compares the keys. Both adapters know them, unless the target's key is empty. */
	private static @Nullable String compare(Link link, List<String> sourceKey, List<String> targetKey)
			throws KeyMismatchException {
		if (targetKey.isEmpty()) {
			return null;
		}
		Set<String> mapped = inAnyCase(link.mapping().namesOf(sourceKey));
		Set<String> found = inAnyCase(targetKey);
		Map<String, Set<String>> computed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		computed.putAll(link.mapping().computed());
		computed.keySet().retainAll(found);
		Set<String> read = inAnyCase(computed.values().stream().flatMap(Set::stream).toList());
		Set<String> lost = inAnyCase(
				link.mapping().namesOf(sourceKey.stream().filter((name) -> !read.contains(name)).toList()));
		lost.removeAll(found);
		Set<String> added = inAnyCase(found);
		added.removeAll(mapped);
		added.removeAll(inAnyCase(link.mapping().additions()));
		read.removeAll(inAnyCase(sourceKey));
		boolean deletes = link.deletes() == Deletes.HARD || link.deletes() == Deletes.SOFT;
		if (deletes && !read.isEmpty()) {
			throw new KeyMismatchException(
					("Link '%s': the target finds rows by %s, which expressions compute from %s, too. Of a record that the "
							+ "source no longer has, only its key %s is known, so that its row cannot be deleted. Compute the "
							+ "key from the source's key alone, or leave out deletes")
						.formatted(link.name(), targetKey, read, sourceKey));
		}
		if (deletes && !(lost.isEmpty() && added.isEmpty())) {
			throw new KeyMismatchException(
					("Link '%s': the source's key %s is %s at the target, but the target finds rows by %s. With deletes: "
							+ "%s it would delete rows of records that the source still has. Give both the same key by the "
							+ "option key or by mapping, or leave out deletes")
						.formatted(link.name(), sourceKey, mapped, targetKey,
								link.deletes().name().toLowerCase(Locale.ROOT)));
		}
		if (!lost.isEmpty() && added.isEmpty()) {
			String problem = ("the source's key %s is %s at the target, but the target finds rows by %s alone, so that "
					+ "records which differ in %s only become one row")
				.formatted(sourceKey, mapped, targetKey, lost);
			if (link.changesPropertiesByFilters()) {
				return "%s, unless a filter gives each record a key of its own".formatted(problem);
			}
			throw new KeyMismatchException(
					"Link '%s': %s. Give the target a key of the same columns; or, if %s alone identifies a record, read a view of the source with the option key: %s"
						.formatted(link.name(), problem, targetKey, targetKey));
		}
		return null;
	}

	private static Set<String> inAnyCase(Collection<String> names) {
		Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		set.addAll(names);
		return set;
	}

}
