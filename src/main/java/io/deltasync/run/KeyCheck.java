package io.deltasync.run;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import io.deltasync.api.LinkContext;
import io.deltasync.api.RunContext;
import io.deltasync.api.SourceAdapterForKeys;
import io.deltasync.api.TargetAdapterForKeys;
import io.deltasync.link.Link;
import io.deltasync.link.Link.Deletes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the key of a Link's source with that of its target, before anything is read,
 * where both adapters know them.
 */
final class KeyCheck {

	private static final Logger logger = LoggerFactory.getLogger(KeyCheck.class);

	private KeyCheck() {
	}

	/**
	 * Checks that no two records of the source become one row of the target, and if the
	 * Link deletes, that its deletions find the rows that it has written.
	 * @param link the Link
	 * @throws KeyMismatchException when the keys do not correspond
	 */
	static void check(Link link) throws KeyMismatchException {
		try {
			ask(link);
		}
		catch (KeyMismatchException ex) {
			throw ex;
		}
		catch (Exception ex) {
			// the run meets the same, and asks again
			logger.debug("Link '{}': the keys cannot be compared", link.name(), ex);
		}
	}

	/**
	 * Does the same within a run, which may go on only if the adapters have answered.
	 * @param link the Link
	 * @throws Exception what the adapters throw
	 */
	static void ask(Link link) throws Exception {
		LinkContext context = LinkContext.builder()
			.linkName(link.name())
			.linkSourceName(link.source().table())
			.linkTargetName(link.target().table())
			.batchSizeLimit(link.batchSizeLimit())
			.build();
		RunContext told = new RunContext();
		List<String> sourceKey = told
			.call(() -> Instances.use(link.newSource(), (source) -> (source instanceof SourceAdapterForKeys keyed)
					? keyed.keyProperties(context) : List.<String>of()));
		List<String> targetKey = sourceKey.isEmpty() ? List.of()
				: told.call(
						() -> Instances.use(link.newTarget(), (target) -> (target instanceof TargetAdapterForKeys keyed)
								? keyed.keyProperties(context) : List.<String>of()));
		if (!targetKey.isEmpty()) {
			check(link, sourceKey, targetKey);
		}
	}

	private static void check(Link link, List<String> sourceKey, List<String> targetKey) throws KeyMismatchException {
		Set<String> mapped = inAnyCase(link.mapping().namesOf(sourceKey));
		Set<String> found = inAnyCase(targetKey);
		Set<String> lost = inAnyCase(mapped);
		lost.removeAll(found);
		Set<String> added = inAnyCase(found);
		added.removeAll(mapped);
		added.removeAll(inAnyCase(link.mapping().constants()));
		boolean deletes = link.deletes() == Deletes.HARD || link.deletes() == Deletes.SOFT;
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
			if (!link.filters().isEmpty()) {
				// a filter may give each record a key of its own
				logger.warn("Link '{}': {}", link.name(), problem);
				return;
			}
			throw new KeyMismatchException(
					"Link '%s': %s. Give the target a key of the same columns; or, if %s alone identifies a record, read a view of the source with the option key: %s"
						.formatted(link.name(), problem, targetKey, targetKey));
		}
	}

	private static Set<String> inAnyCase(Collection<String> names) {
		Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		set.addAll(names);
		return set;
	}

}
