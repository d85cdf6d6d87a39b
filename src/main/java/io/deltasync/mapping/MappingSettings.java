package io.deltasync.mapping;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.deltasync.config.Section;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The configuration of a mapping.
 *
 * @param select Properties of the source to copy, by name or path. A named property must
 * exist, or the run is aborted; a missing part of a path is null. Default: all
 * @param rename From the source's property to the target's property
 * @param constants From the target's property to a constant value, which is written for
 * each record as it is configured
 * @param expressions From the target's property to an expression that computes its value
 * from the source's properties
 * @param tables Tables for 'lookup' in expressions: by name, from a text to another one
 * @param types From the target's property to its type, for some types with a format. A
 * record with a value that does not fit is rejected. Default: as they come
 * @param nulls How properties without a value are written. 'write': as null. 'skip': they
 * are left out, so the target keeps its value
 * @param zone The time zone of times that have none
 */
public record MappingSettings(@Nullable List<String> select, @Nullable Map<String, String> rename,
		@Nullable Map<String, @Nullable Object> constants, @Nullable Map<String, String> expressions,
		@Nullable Map<String, @Nullable Map<String, String>> tables, @Nullable Map<String, String> types,
		@DefaultValue("write") Nulls nulls, @DefaultValue("UTC") ZoneId zone) {

	/** The settings of a Link without a mapping. */
	public static final MappingSettings NONE = new MappingSettings(null, null, null, null, null, null, Nulls.WRITE,
			ZoneOffset.UTC);

	/** How properties without a value are written. */
	public enum Nulls {

		/** As null. */
		WRITE,

		/** Not at all. */
		SKIP

	}

	/**
	 * Restores the brackets that the binder removes from keys, and the values that YAML
	 * changes.
	 */
	public MappingSettings asWritten(Section link) {
		return new MappingSettings(this.select, link.map("mapping.rename").withBrackets(this.rename),
				link.map("mapping.constants").asWritten(this.constants),
				link.map("mapping.expressions").withBrackets(this.expressions), tablesAsWritten(link),
				link.map("mapping.types").withBrackets(this.types), this.nulls, this.zone);
	}

	private Map<String, @Nullable Map<String, String>> tablesAsWritten(Section link) {
		Map<String, @Nullable Map<String, String>> written = new LinkedHashMap<>();
		lookUpTables().forEach((name, table) -> {
			Map<String, String> texts = new LinkedHashMap<>();
			Map<String, @Nullable Object> values = link.map("mapping.tables." + name).asWritten(table);
			if (values != null) {
				values.forEach((key, value) -> texts.put(key, String.valueOf(value)));
			}
			written.put(name, texts);
		});
		return written;
	}

	/**
	 * Returns the new names.
	 * @return from source name or path to target name or path; empty if none are
	 * configured
	 */
	public Map<String, String> renamed() {
		return (this.rename != null) ? this.rename : Map.of();
	}

	Map<String, @Nullable Object> constant() {
		return (this.constants != null) ? this.constants : Collections.<String, @Nullable Object>emptyMap();
	}

	Map<String, String> computed() {
		return (this.expressions != null) ? this.expressions : Map.of();
	}

	Map<String, Map<String, String>> lookUpTables() {
		Map<String, Map<String, String>> all = new LinkedHashMap<>();
		if (this.tables != null) {
			this.tables.forEach((name, table) -> all.put(name, (table != null) ? table : Map.of()));
		}
		return all;
	}

	/**
	 * Returns the configured types.
	 * @return from target name or path to the name of a type; empty if none are
	 * configured
	 */
	public Map<String, String> typed() {
		return (this.types != null) ? this.types : Map.of();
	}

}
