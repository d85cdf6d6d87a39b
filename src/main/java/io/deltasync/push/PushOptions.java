package io.deltasync.push;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The options of a Link whose records are pushed as JSON. The description of the
 * component appears in the configuration metadata and in the documentation.
 *
 * @param key Properties (name or path) that identify a record. A request is refused if
 * one of its records lacks a value of them. Default: none, records are identified by
 * their whole content
 * @param table A name for what is pushed, which lists of Links show. Default: the Link's
 * name
 */
@ConfigurationProperties("deltasync.links.*.source")
public record PushOptions(@Nullable List<String> key, @Nullable String table) {

	/**
	 * Checks the options.
	 * @throws IllegalArgumentException if a name is missing
	 */
	public PushOptions {
		key = (key != null) ? List.copyOf(key) : List.of();
		if (key.stream().anyMatch(String::isBlank)) {
			throw new IllegalArgumentException("key has an empty name; give names of properties, such as id");
		}
	}

	@Override
	public List<String> key() {
		return (this.key != null) ? this.key : List.of();
	}

}
