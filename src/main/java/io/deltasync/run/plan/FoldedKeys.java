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
 * Finds out, by examples, whether a Link's target takes texts of the key for equal that
 * the source holds apart: such records become one row.
 */
final class FoldedKeys {

	private static final Logger logger = LoggerFactory.getLogger(FoldedKeys.class);

	/** A value that columns of texts take, and those of whole numbers. */
	private static final String PLAIN = "1";

	private static final String LETTER = "a";

	/** By case, by accent, and by a space at the end. */
	private static final List<String> ALIKE = List.of("A", "á", "a ");

	private FoldedKeys() {
	}

	/**
	 * Asks both adapters.
	 * @param link the Link
	 * @param context what they are told
	 * @return a warning; null where the target tells apart what the source does, or where
	 * one of them cannot tell
	 * @throws Exception what the adapters throw, but for what a database refuses
	 */
	static @Nullable String warning(Link link, LinkContext context) throws Exception {
		try {
			return new RunContext().call(() -> compare(link, context));
		}
		catch (SQLException ex) {
			logger.debug("Link '{}': how its keys are compared cannot be asked for", link.name(), ex);
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
					return "the target takes '%s' and '%s' for equal in its key, and the source does not: records whose keys differ only so become one row, of which the version that is written last stays. Let the target's column compare texts as the source's does (collation)"
						.formatted(LETTER, ALIKE.get(i - 1));
				}
			}
		}
		return null;
	}

	/** For each property of the key, some in which it alone differs. */
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

	/** Empty where the mapping needs more than the key. */
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
