package io.deltasync.run.verify;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import io.deltasync.api.Adapter;
import io.deltasync.api.AdapterForColumns;
import io.deltasync.api.LinkContext;
import io.deltasync.api.SourceAdapterForKeys;
import io.deltasync.link.Link;
import io.deltasync.mapping.Mapping;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.retry.Instances;

/**
 * Decides whether each record of a Link has a row of its own for certain, so that equal
 * numbers of records and rows prove that no row is left over. That is so if the source
 * guarantees that its keys are unique, and each value of the key arrives in a column of
 * the target's key that has the same type.
 */
final class KeyCorrespondence {

	private final Link link;

	private final LinkContext context;

	KeyCorrespondence(ActiveRun run) {
		this.link = run.link();
		this.context = run.context();
	}

	/**
	 * Asks the source.
	 * @param target the target
	 * @param targetKey the properties of the target's key
	 * @return false if two records may have one row
	 * @throws Exception if an adapter fails
	 */
	boolean isOneToOne(Adapter target, Collection<String> targetKey) throws Exception {
		if (!this.link.filters().isEmpty()) {
			// they may give several records one key
			return false;
		}
		return Instances.use(this.link.newSource(),
				(source) -> source instanceof SourceAdapterForKeys keyed && keyed.hasUniqueKeys(this.context)
						&& isOneToOne(keyed.keyProperties(this.context), types(source), targetKey, types(target)));
	}

	private boolean isOneToOne(List<String> sourceKey, Map<String, String> sourceTypes, Collection<String> targetKey,
			Map<String, String> targetTypes) {
		Mapping mapping = this.link.mapping();
		Set<String> left = inAnyCase(targetKey);
		left.removeAll(inAnyCase(mapping.additions()));
		for (String property : sourceKey) {
			Set<String> names = mapping.namesOf(List.of(property));
			if (names.size() != 1) {
				return false;
			}
			String name = names.iterator().next();
			String type = sourceTypes.get(folded(property));
			if (!left.remove(name) || type == null || !Objects.equals(type, targetTypes.get(folded(name)))) {
				return false;
			}
		}
		return left.isEmpty() && mapping.keepsValues(sourceKey);
	}

	private Map<String, String> types(Object adapter) throws Exception {
		Map<String, String> types = new HashMap<>();
		if (adapter instanceof AdapterForColumns described) {
			described.columns(this.context)
				.forEach((column) -> types.put(folded(column.name()), folded(column.type())));
		}
		return types;
	}

	private static String folded(String name) {
		return name.toLowerCase(Locale.ROOT);
	}

	private static Set<String> inAnyCase(Collection<String> names) {
		Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		set.addAll(names);
		return set;
	}

}
