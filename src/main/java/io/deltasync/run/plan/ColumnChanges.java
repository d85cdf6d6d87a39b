package io.deltasync.run.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.deltasync.api.ColumnDescription;
import io.deltasync.event.LinkColumns;
import io.deltasync.link.Link;
import org.jspecify.annotations.Nullable;

/**
 * Describes for operators how the columns of a Link have changed, which of them are
 * delivered and what to do. Never guesses that a column was renamed: it says that one is
 * gone and another is new.
 */
final class ColumnChanges {

	/** The maximum number of columns that a message describes. */
	private static final int MOST = 12;

	private final Link link;

	/** The properties of the source's records; null if they are not known. */
	private final @Nullable List<String> given;

	/** The target's columns; null if they are not known. */
	private final @Nullable Set<String> held;

	private boolean othersKeepValues;

	/** Whether records have fewer properties than the source has columns. */
	private final boolean leavesOut;

	private ColumnChanges(Link link, LinkColumns now, List<String> properties) {
		this.link = link;
		List<String> columns = (now.source() != null)
				? now.source().columns().stream().map(ColumnDescription::name).toList() : null;
		this.leavesOut = columns != null && !properties.isEmpty() && !inAnyCase(properties).containsAll(columns);
		this.given = this.leavesOut ? properties : columns;
		this.held = (now.target() != null)
				? inAnyCase(now.target().columns().stream().map(ColumnDescription::name).toList()) : null;
	}

	/**
	 * Describes the changes.
	 * @param link the Link
	 * @param known the columns that its last successful run has seen
	 * @param now the columns now
	 * @param properties the names of the properties of the source's records; empty if
	 * they are not known
	 * @return a sentence for each end whose columns have changed
	 */
	static List<String> describe(Link link, LinkColumns known, LinkColumns now, List<String> properties) {
		ColumnChanges changes = new ColumnChanges(link, now, properties);
		List<String> sentences = new ArrayList<>();
		changes.add(sentences, "source", known.source(), now.source());
		changes.add(sentences, "target", known.target(), now.target());
		return sentences;
	}

	private void add(List<String> sentences, String end, LinkColumns.@Nullable End known,
			LinkColumns.@Nullable End now) {
		if (known == null || now == null || !known.place().equals(now.place())) {
			return;
		}
		Map<String, String> before = types(known);
		Map<String, String> after = types(now);
		List<String> changes = new ArrayList<>();
		this.othersKeepValues = false;
		before.forEach((name, type) -> {
			if (!after.containsKey(name)) {
				changes.add("%s is gone%s".formatted(new ColumnDescription(name, type),
						end.equals("source") ? goneAtSource(name) : goneAtTarget(name)));
			}
		});
		after.forEach((name, type) -> {
			String former = before.get(name);
			if (former == null) {
				changes.add("%s is new%s".formatted(new ColumnDescription(name, type),
						end.equals("source") ? newAtSource(name) : newAtTarget(name)));
			}
			else if (!former.equals(type)) {
				changes.add("'%s' is %s and was %s%s".formatted(name, type, former,
						end.equals("source") ? retypedAtSource(name) : retypedAtTarget(name)));
			}
		});
		if (!changes.isEmpty()) {
			sentences.add(sentence(end, changes));
		}
	}

	private String sentence(String end, List<String> changes) {
		String shown = changes.stream().limit(MOST).collect(Collectors.joining("; "));
		return "The columns of the %s have changed since the last successful run: %s%s%s%s".formatted(end, shown,
				(changes.size() > MOST) ? "; and %d more".formatted(changes.size() - MOST) : "",
				this.link.filters().isEmpty() ? "" : ". Filters may deliver other properties",
				this.othersKeepValues
						? ". Records that have not changed since then keep their former values at the target; 'run %s --full' delivers all again"
							.formatted(this.link.name())
						: "");
	}

	private String newAtSource(String name) {
		if (isLeftOut(name)) {
			return " and is not delivered, because the source is configured to leave it out";
		}
		Set<String> delivered = delivered(name);
		if (delivered.isEmpty()) {
			return " and is not delivered, because the mapping does not select it";
		}
		List<String> missing = delivered.stream().filter((property) -> !isHeld(property)).toList();
		if (!missing.isEmpty()) {
			return ", but the target has no column %s: add it there, or leave the property out by mapping"
				.formatted(quoted(missing));
		}
		return " and is delivered as %s".formatted(quoted(delivered));
	}

	private String goneAtSource(String name) {
		Set<String> delivered = delivered(name);
		if (delivered.isEmpty()) {
			return "; it was not delivered";
		}
		// another column may be delivered under its name
		delivered.removeAll(this.link.mapping().namesOf((this.given != null) ? this.given : List.of()));
		return delivered.isEmpty() ? ""
				: ": %s of the target receives no more values and keeps those that it has".formatted(quoted(delivered));
	}

	private String retypedAtSource(String name) {
		if (delivered(name).isEmpty()) {
			return "; it is not delivered";
		}
		this.othersKeepValues = this.link.hasDeltaColumn();
		return ": values that do not fit the target become rejects";
	}

	private String newAtTarget(String name) {
		return receives(name) ? " and receives values" : " and receives no values: the source has no such property";
	}

	private String goneAtTarget(String name) {
		return receives(name)
				? ", but records have a property for it: add the column again, or leave the property out by mapping"
				: "; it received no values";
	}

	private String retypedAtTarget(String name) {
		return receives(name) ? ": values that do not fit it become rejects" : "; it receives no values";
	}

	/** Returns the names under which a column of the source is delivered. */
	private Set<String> delivered(String name) {
		return isLeftOut(name) ? Set.of() : this.link.mapping().namesOf(List.of(name));
	}

	/** Whether the source has a column that its records do not have as a property. */
	private boolean isLeftOut(String name) {
		return this.leavesOut && this.given != null && this.given.stream().noneMatch(name::equalsIgnoreCase);
	}

	private boolean receives(String name) {
		Set<String> properties = inAnyCase(this.link.mapping().additions());
		if (this.given != null) {
			properties.addAll(this.link.mapping().namesOf(this.given));
		}
		return properties.contains(name);
	}

	private boolean isHeld(String property) {
		return this.held == null || this.held.contains(property);
	}

	private static Map<String, String> types(LinkColumns.End end) {
		Map<String, String> types = new LinkedHashMap<>();
		end.columns().forEach((column) -> types.put(column.name(), column.type()));
		return types;
	}

	private static Set<String> inAnyCase(Iterable<String> names) {
		Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		names.forEach(set::add);
		return set;
	}

	private static String quoted(Iterable<String> names) {
		List<String> quoted = new ArrayList<>();
		names.forEach((name) -> quoted.add("'" + name + "'"));
		return String.join(" and ", quoted);
	}

}
