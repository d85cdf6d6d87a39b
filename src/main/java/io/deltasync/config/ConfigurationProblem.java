package io.deltasync.config;

import org.jspecify.annotations.Nullable;

/**
 * A problem of the configuration. Never contains a secret.
 *
 * @param property the path of the property, such as
 * {@code deltasync.links.customers.source.table}
 * @param link the name of the Link that it belongs to, or null
 * @param message what is wrong and what to do about it
 * @param origin the place of the property, such as {@code application.yaml:12}, or null
 * if it is unknown or the property is missing
 */
public record ConfigurationProblem(String property, @Nullable String link, String message, @Nullable String origin) {

	@Override
	public String toString() {
		return "%s%s\n%s%s".formatted(this.property, (this.origin != null) ? " (" + this.origin + ")" : "",
				(this.link != null) ? "Link '" + this.link + "': " : "", this.message);
	}

}
