package io.deltasync.run.plan;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.LinkContext;
import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.api.SourceAdapterForKeys;
import io.deltasync.api.TargetAdapterForKeys;
import io.deltasync.link.Link;
import io.deltasync.run.retry.Instances;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Determines, with sample values, whether a Link's target treats key values as equal that
 * differ in the source: the records then become one row.
 */
final class FoldedKeys {

	private static final Logger logger = LoggerFactory.getLogger(FoldedKeys.class);

	/** A value that text columns and integer columns accept. */
	private static final String PLAIN = "1";

	private static final String LETTER = "a";

	/**
	 * Values that differ from the letter in case, in an accent, and in a trailing space.
	 */
	private static final List<String> ALIKE = List.of("A", "á", "a ");

	private FoldedKeys() {
	}

	/**
	 * Compares sample keys with both adapters.
	 * @param link the Link
	 * @param context the context passed to the adapters
	 * @return a warning; null if the target distinguishes the same keys as the source, or
	 * if an adapter cannot compare keys
	 * @throws Exception if an adapter fails for another reason than an error of the
	 * database
	 */
	static @Nullable String warning(Link link, LinkContext context) throws Exception {
		try {
			return new RunContext().call(() -> compare(link, context));
		}
		catch (SQLException ex) {
			logger.debug("Link '{}': the comparison of its keys could not be checked", link.name(), ex);
			return null;
		}
	}

	private static @Nullable String compare(Link link, LinkContext context) throws Exception {
		List<RecordInFlight> examples = new ArrayList<>();
		List<List<? extends @Nullable Object>> atSource = Instances.use(link.newSource(), (source) -> {
			if (!(source instanceof SourceAdapterForKeys keyed)) {
				return List.of();
			}
			examples.addAll(examples(keyed.keyProperties(context)));
			return new ArrayList<>(keyed.canonicalKeys(context, examples));
		});
		if (atSource.size() != examples.size() || atSource.stream().allMatch(Objects::isNull)) {
			return null;
		}
		List<RecordInFlight> mapped = mapped(link, examples);
		List<List<? extends @Nullable Object>> atTarget = Instances.use(link.newTarget(),
				(target) -> (target instanceof TargetAdapterForKeys keyed && !mapped.isEmpty())
						? new ArrayList<>(keyed.canonicalKeys(context, mapped)) : List.of());
		if (atTarget.size() != examples.size()) {
			return null;
		}
		int group = 1 + ALIKE.size();
		for (int first = 0; first < examples.size(); first += group) {
			for (int i = 1; i < group; i++) {
				if (differ(atSource, first, first + i) && equal(atTarget, first, first + i)) {
					return "the target treats '%s' and '%s' as equal in its key, but the source does not: records whose keys differ only in this way become one row, which keeps the version written last. Give the target's column the collation of the source's column"
						.formatted(LETTER, ALIKE.get(i - 1));
				}
			}
		}
		return null;
	}

	/** Returns sample records: for each key property, some that differ only in it. */
	private static List<RecordInFlight> examples(List<String> properties) {
		List<RecordInFlight> examples = new ArrayList<>();
		for (String property : properties) {
			Map<String, @Nullable Object> key = new LinkedHashMap<>();
			properties.forEach((name) -> key.put(name, PLAIN));
			key.put(property, LETTER);
			examples.add(new RecordInFlight(key, Operation.DELETE).identifiedBy(properties));
			for (String alike : ALIKE) {
				Map<String, @Nullable Object> other = new LinkedHashMap<>(key);
				other.put(property, alike);
				examples.add(new RecordInFlight(other, Operation.DELETE).identifiedBy(properties));
			}
		}
		return examples;
	}

	/**
	 * Returns the mapped sample records; empty if the mapping needs more than the key.
	 */
	private static List<RecordInFlight> mapped(Link link, List<RecordInFlight> examples) {
		try {
			examples.forEach(link.mapping()::apply);
			return examples;
		}
		catch (AbortRunException ex) {
			return List.of();
		}
	}

	private static boolean differ(List<List<? extends @Nullable Object>> keys, int one, int other) {
		return keys.get(one) != null && keys.get(other) != null && !equal(keys, one, other);
	}

	private static boolean equal(List<List<? extends @Nullable Object>> keys, int one, int other) {
		List<? extends @Nullable Object> key = keys.get(one);
		return key != null && keys.get(other) != null && Arrays.deepEquals(key.toArray(), keys.get(other).toArray());
	}

}
