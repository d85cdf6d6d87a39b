package io.deltasync.api;

import java.util.Map;

/**
 * A kind of connection, which {@code deltasync.connections.NAME.type} names. A bean of
 * this type adds a kind to those that DeltaSync has; adapters get the settings of such a
 * connection from {@link Connections#settings}. Thread-safe.
 *
 * @param <S> the type of the settings
 */
public interface ConnectionType<S> {

	/**
	 * Returns the name of this kind, as it is configured.
	 * @return a name in lower case, such as {@code http}
	 */
	String name();

	/**
	 * Returns the type that the settings are bound to: a record, whose components are
	 * required unless marked {@code @Nullable}. Its constructor may throw
	 * {@link IllegalArgumentException} for invalid values.
	 * @return the type, never null
	 */
	Class<S> settingsType();

	/**
	 * Checks settings that are complete and of the right types.
	 * @param settings the bound settings
	 * @return what is wrong, by the key below the connection: the predicate of a sentence
	 * whose subject is the key, without secrets; empty, the default, if nothing is
	 */
	default Map<String, String> problems(S settings) {
		return Map.of();
	}

	/**
	 * Returns where a connection leads to, without users, passwords and options. The same
	 * place has the same text, whatever the connection's name is.
	 * @param settings the settings
	 * @return the location, such as {@code https://api.example.com}
	 */
	String location(S settings);

}
