package io.deltasync.mapping;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import io.deltasync.config.Section;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A mapping as it is configured.
 *
 * @param select the source properties to take; null takes all
 * @param rename from source property to target property; may be null
 * @param constants from target property to its value; may be null
 * @param types from target property to its type, in some cases with a format; may be null
 * @param nulls what becomes of properties without a value
 * @param zone the zone of times that do not know their own
 */
public record MappingSettings(@Nullable List<String> select, @Nullable Map<String, String> rename,
		@Nullable Map<String, @Nullable Object> constants, @Nullable Map<String, String> types,
		@DefaultValue("write") Nulls nulls, @DefaultValue("UTC") ZoneId zone) {

	/** Nothing is configured. */
	public static final MappingSettings NONE = new MappingSettings(null, null, null, null, Nulls.WRITE, ZoneOffset.UTC);

	/** What becomes of properties without a value. */
	public enum Nulls {

		/** The target gets a null. */
		WRITE,

		/** The target does not get the property. */
		SKIP

	}

	/** The binder takes brackets out of keys, and YAML changes values. */
	public MappingSettings asWritten(Section link) {
		return new MappingSettings(this.select, link.withBrackets("mapping.rename", this.rename),
				link.asWritten("mapping.constants", this.constants), link.withBrackets("mapping.types", this.types),
				this.nulls, this.zone);
	}

	public Map<String, String> renamed() {
		return (this.rename != null) ? this.rename : Map.of();
	}

	Map<String, @Nullable Object> constant() {
		return (this.constants != null) ? this.constants : Collections.<String, @Nullable Object>emptyMap();
	}

	public Map<String, String> typed() {
		return (this.types != null) ? this.types : Map.of();
	}

}
