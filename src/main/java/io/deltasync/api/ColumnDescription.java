package io.deltasync.api;

/**
 * A column, field or other named part of all records, as its system describes it.
 *
 * @param name the name as the system spells it
 * @param type its type in the system's own words, with everything of which a change
 * matters, such as {@code varchar(20) NOT NULL}. Compared as text and shown to operators
 */
public record ColumnDescription(String name, String type) {

	@Override
	public String toString() {
		return "'%s' (%s)".formatted(this.name, this.type);
	}

}
